"""Snapshots of trained ensembles and their outputs on disk, used only after their checksums are verified."""

from lstm_lab.training.store.output_cache import OutputCache
from lstm_lab.training.store.snapshot import Arrays, PlainSnapshot, Snapshot
from lstm_lab.training.store.store import Store
