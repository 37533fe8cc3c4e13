"""Problems: frozen values that return the samples of each seed. NumPy only."""

from lstm_lab.training.problems.accuracy_bound import best_accuracy
from lstm_lab.training.problems.alphabet import ALPHABET, Letters, Scrambled, Windows
from lstm_lab.training.problems.arrays import Arrays, Drawn, floats
from lstm_lab.training.problems.chunks import stateful_chunks
from lstm_lab.training.problems.echo import Echo
from lstm_lab.training.problems.markov import Markov, RandomText
from lstm_lab.training.problems.problem import Floats, Problem, Samples, read_only, rng
from lstm_lab.training.problems.repeated_text import Repeats
from lstm_lab.training.problems.runs import Prefixes, Runs, Subsequences
from lstm_lab.training.problems.sample_shapes import input_shape, sample_shapes
from lstm_lab.training.problems.several import WHOLE, Layout, Several, data_of, for_keras, packed, unpacked
from lstm_lab.training.problems.signals import Frames, Sine
from lstm_lab.training.problems.words import AmbiguousWords, Continuations
from lstm_lab.training.problems.wrappers import Constant, OneStep, Relabelled, Together, Without
