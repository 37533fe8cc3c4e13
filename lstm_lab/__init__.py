"""The door of the lab: its public names, nothing else. Importing it does not import TensorFlow."""

from lstm_lab.judging.claim import Claim, Comment, Section, claim
from lstm_lab.judging.control import exempt
from lstm_lab.judging.criteria import always, at_least, at_most, beats, equivalent, possible
from lstm_lab.training.experiment import Experiment, Regime
from lstm_lab.training.networks import Layer, Network, Optimizer, layer, optimizer, recurrent_classifier
from lstm_lab.training.problems import Letters, Relabelled, Runs, Scrambled, Without
from lstm_lab.training.sequences import ALPHABET, Samples, Subsequences, Windows

__all__ = [
    "ALPHABET",
    "Claim",
    "Comment",
    "Experiment",
    "Layer",
    "Letters",
    "Network",
    "Optimizer",
    "Regime",
    "Relabelled",
    "Runs",
    "Samples",
    "Scrambled",
    "Section",
    "Subsequences",
    "Windows",
    "Without",
    "always",
    "at_least",
    "at_most",
    "beats",
    "claim",
    "equivalent",
    "exempt",
    "layer",
    "optimizer",
    "possible",
    "recurrent_classifier",
]
