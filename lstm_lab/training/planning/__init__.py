"""Which trainings a suite needs, and what they cost."""

from lstm_lab.training.planning.forecast import PlannedTraining, duration, forecast_lines, planned_trainings, share_out
from lstm_lab.training.planning.jobs import SEEDS_PER_BLOCK, Job, plan_jobs, reason_not_compiled, seed_block
from lstm_lab.training.planning.program_sharing import Programs

__all__ = [
    "SEEDS_PER_BLOCK",
    "Job",
    "PlannedTraining",
    "Programs",
    "duration",
    "forecast_lines",
    "plan_jobs",
    "planned_trainings",
    "reason_not_compiled",
    "seed_block",
    "share_out",
]
