"""Who trains what and when: the trainer, its processes, their progress."""

from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter, notes, under_way
from lstm_lab.training.execution.remaining import remaining_lines, write_plan
from lstm_lab.training.execution.trainer import Trainer
