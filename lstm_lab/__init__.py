"""The door of the lab: its public names, nothing else. Importing it does not import TensorFlow."""

from lstm_lab.judging.claim import Claim, Comment, Section, claim
from lstm_lab.judging.control import exempt
from lstm_lab.judging.criteria import always, at_least, at_most, beats, equivalent, possible
from lstm_lab.judging.untested import Untested
from lstm_lab.training.ceilings import best_accuracy
from lstm_lab.training.experiment import Experiment, Regime
from lstm_lab.training.networks import Layer, Network, Optimizer, layer, optimizer, recurrent_classifier
from lstm_lab.training.own_data import Arrays, Drawn
from lstm_lab.training.own_experiment import experiment_of
from lstm_lab.training.own_models import Built
from lstm_lab.training.problems import (
    Constant,
    Letters,
    Prefixes,
    Relabelled,
    Runs,
    Scrambled,
    Together,
    Without,
)
from lstm_lab.training.sequences import ALPHABET, Samples, Subsequences, Windows
from lstm_lab.training.tasks_context import Markov, RandomText
from lstm_lab.training.tasks_memory import Echo
from lstm_lab.training.tasks_repeats import Repeats
from lstm_lab.training.tasks_signals import Frames, OneStep, Sine
from lstm_lab.training.tasks_words import AmbiguousWords, Continuations

__all__ = [
    "ALPHABET",
    "AmbiguousWords",
    "Arrays",
    "Built",
    "Claim",
    "Comment",
    "Constant",
    "Continuations",
    "Drawn",
    "Echo",
    "Experiment",
    "Frames",
    "Layer",
    "Letters",
    "Markov",
    "Network",
    "OneStep",
    "Optimizer",
    "Prefixes",
    "RandomText",
    "Regime",
    "Relabelled",
    "Repeats",
    "Runs",
    "Samples",
    "Scrambled",
    "Section",
    "Sine",
    "Subsequences",
    "Together",
    "Untested",
    "Windows",
    "Without",
    "always",
    "at_least",
    "at_most",
    "beats",
    "best_accuracy",
    "claim",
    "equivalent",
    "exempt",
    "experiment_of",
    "layer",
    "optimizer",
    "possible",
    "recurrent_classifier",
]
