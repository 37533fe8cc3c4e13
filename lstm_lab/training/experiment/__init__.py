"""Experiments: problem, network and regime as one value, its ids and keys, and how its network is built."""

from lstm_lab.training.experiment.builder import Built, has_several, is_functional, one_line, tolerant
from lstm_lab.training.experiment.edition import EDITIONS, TODAY, Edition, edition_of
from lstm_lab.training.experiment.eligibility import Eligibility, eligibility_of_network
from lstm_lab.training.experiment.experiment import Experiment, Orders, Regime
from lstm_lab.training.experiment.keys import experiment_id, key
from lstm_lab.training.experiment.network import (
    COUPLING_SETTINGS,
    ELEMENT_WISE,
    RECURRENT,
    InitialWeights,
    Layer,
    Network,
    Optimizer,
    assign_own_weights,
    initial_weights,
    initialised,
    layer,
    layers_of,
    optimizer,
    recurrent_classifier,
    reset_states,
    state_variables,
)
from lstm_lab.training.experiment.network_check import check_network
from lstm_lab.training.experiment.schedule import Schedule, draw_schedule, steps_per_epoch
from lstm_lab.training.experiment.shorthand import experiment_of
from lstm_lab.training.experiment.untrainable import Untrainable, raise_as_untrainable
