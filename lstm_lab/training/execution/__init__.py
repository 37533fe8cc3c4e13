"""Running a plan: the trainer, its subprocesses, the progress that they write, the store that they open."""

from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter, begin_run, has_begun, notes, under_way
from lstm_lab.training.execution.remaining import remaining_lines, write_plan
from lstm_lab.training.execution.trainer import Trainer
