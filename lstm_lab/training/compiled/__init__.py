"""The compiled loop that trains all seeds of a block at once, on real Keras layers, in a process of its own."""

from lstm_lab.training.compiled.loop import padded, train, trial
from lstm_lab.training.compiled.training_process import Progress, find_gpu, obey_parent, training_process
