"""Probes of trained models: of all seeds at once, or of one of them."""

from lstm_lab.training.ensemble.ensemble import Ensemble
from lstm_lab.training.ensemble.member import Member
from lstm_lab.training.ensemble.snapshot_check import check_snapshot
