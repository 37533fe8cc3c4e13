"""Trained ensembles: probes of all seeds at once or of one member, its Keras model, the check of a snapshot."""

from lstm_lab.training.ensemble.ensemble import Ensemble
from lstm_lab.training.ensemble.member import Member
from lstm_lab.training.ensemble.snapshot_check import check_snapshot
