"""Digests of values and of code: trainings with equal digests are the same training."""

from lstm_lab.source_code import EVERYTHING, Place, reachable_definitions
from lstm_lab.training.identity.canonical import canonical_json, digest
from lstm_lab.training.identity.classes import classes_of, places_of_classes
from lstm_lab.training.identity.function_reference import FunctionReference
