"""Values and code as digests: what must be the same for two trainings to be the same."""

from lstm_lab.training.identity.canonical import canonical_json, digest
from lstm_lab.training.identity.function_reference import FunctionReference
from lstm_lab.training.identity.source_code import (
    EVERYTHING,
    Place,
    classes_of,
    places_of_classes,
    reachable_definitions,
)
