"""Running a plan: the trainer, its subprocesses, the progress that they write, the store that they open."""

from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.finish_time import Seen, seconds_left, share_done
from lstm_lab.training.execution.progress import Reporter, begin_run, has_begun, notes, trainings, under_way
from lstm_lab.training.execution.remaining import Remaining, remaining, write_plan
from lstm_lab.training.execution.trainer import Trainer
