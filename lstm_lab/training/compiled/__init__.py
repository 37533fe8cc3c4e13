"""The compiled loop that trains all seeds of a block at once, on real Keras layers."""

from lstm_lab.training.compiled.functional import Batch
from lstm_lab.training.compiled.loop import MOST_BYTES_PER_CALL, Program, Progress, program
from lstm_lab.training.compiled.strategy import TIME_LOOP_FROM, choose_strategy
from lstm_lab.training.compiled.time_loop import fits
