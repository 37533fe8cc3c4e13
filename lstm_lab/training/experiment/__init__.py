"""What is trained, completely: problem, network, regime, and what names it."""

from lstm_lab.training.experiment.builder import Built, is_own, layers_of, one_line, stateless_below, tolerant
from lstm_lab.training.experiment.eligibility import Eligibility, eligibility_of_network
from lstm_lab.training.experiment.experiment import Experiment, Regime
from lstm_lab.training.experiment.keys import experiment_id, key
from lstm_lab.training.experiment.network import (
    COUPLING_SETTINGS,
    ELEMENT_WISE,
    RECURRENT,
    Layer,
    Network,
    Optimizer,
    initial_weights,
    initialised,
    layer,
    optimizer,
    recurrent_classifier,
    reset_states,
    state_variables,
)
from lstm_lab.training.experiment.schedule import Schedule, draw_schedule, steps_per_epoch
from lstm_lab.training.experiment.shorthand import experiment_of
from lstm_lab.training.experiment.untrainable import Untrainable, raise_as_untrainable

__all__ = [
    "COUPLING_SETTINGS",
    "ELEMENT_WISE",
    "RECURRENT",
    "Built",
    "Eligibility",
    "Experiment",
    "Layer",
    "Network",
    "Optimizer",
    "Regime",
    "Schedule",
    "Untrainable",
    "draw_schedule",
    "eligibility_of_network",
    "experiment_id",
    "experiment_of",
    "initial_weights",
    "initialised",
    "is_own",
    "key",
    "layer",
    "layers_of",
    "one_line",
    "optimizer",
    "raise_as_untrainable",
    "recurrent_classifier",
    "reset_states",
    "state_variables",
    "stateless_below",
    "steps_per_epoch",
    "tolerant",
]
