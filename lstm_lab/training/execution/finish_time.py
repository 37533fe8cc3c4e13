"""When a run will be done: the forecast of what is left, scaled by how the forecast of what is done came out. Pure."""

from __future__ import annotations

from dataclasses import dataclass

# Core-seconds of a test, measured over the article's claims: with every model stored, and further ones where models are
# trained, since tests also ask for variants that no plan knew.
SECONDS_PER_TEST = 0.04
SECONDS_PER_TEST_UNTRAINED = 0.08
# How much the forecast weighs against what is seen. Tests differ much and come file by file, so that a speed seen over
# few files says little of the others.
SECONDS_OF_TRUST = 10.0
TESTS_OF_TRUST = 0.2  # of all tests


@dataclass(frozen=True)
class Seen:
    """What a run has done, and what it has before it.

    Attributes:
        seconds: since it began.
        training_seconds: until the last training of the plan ended; `seconds` while some are left.
        planned: forecast seconds of the plan on all processes together.
        left: the same of what is left of it.
        tests: number of tests.
        measured: of these, those that have run.
        measured_in_training: of these, those that ran while some training of the plan was left.
        untrained: the share of the trainings of the plan that no earlier run had stored.
        processes: number of processes that share all that.
    """

    seconds: float
    training_seconds: float
    planned: float
    left: float
    tests: int
    measured: int
    measured_in_training: int
    untrained: float
    processes: int


def seconds_left(seen: Seen) -> float:
    """Seconds until the run is done.

    Trainings go on as fast, against their forecast, as they went so far. Tests begin so, and then go on as fast as they
    went themselves.
    """
    slowness = (seen.training_seconds + SECONDS_OF_TRUST) / (seen.planned - seen.left + SECONDS_OF_TRUST)
    per_test = (SECONDS_PER_TEST + SECONDS_PER_TEST_UNTRAINED * seen.untrained) / seen.processes
    trusted = TESTS_OF_TRUST * seen.tests
    done = seen.measured - seen.measured_in_training
    measuring = seen.seconds - seen.training_seconds
    each = (trusted * per_test * slowness + measuring) / (trusted + done) if trusted + done else 0.0
    return seen.left * slowness + (seen.tests - seen.measured) * each


def share_done(seen: Seen) -> float:
    """The share of the run that is done, from 0 to 1, in time."""
    left = seconds_left(seen)
    return seen.seconds / (seen.seconds + left) if seen.seconds + left else 0.0
