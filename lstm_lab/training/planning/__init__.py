"""Which trainings a run of the suite needs, how each is trained, and about how long they take."""

from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.forecast import (
    PlannedTraining,
    duration,
    forecast_lines,
    planned_trainings,
    seconds_of_each_seed,
    share_out,
)
from lstm_lab.training.planning.jobs import SEEDS_PER_BLOCK, Job, plan_jobs, seed_block
from lstm_lab.training.planning.program_sharing import Programs
