"""When a run will be done, held against a whole run of this project that trained everything, on two processes."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from lstm_lab.training.execution.finish_time import Seen, seconds_left, share_done
from lstm_lab.training.planning.cost_model import SECONDS_COMPILING
from lstm_lab.training.planning.forecast import share_out

# Of each training of the plan the forecast by the rule of thumb, what it took, and whether a program was compiled for
# it; then how many tests had run how many seconds after the last of them.
RECORDED = json.loads((Path(__file__).parent / "full_run.json").read_text())
PROCESSES = 2


@dataclass(frozen=True)
class Training:
    """One training, as `share_out` takes it."""

    seconds: float
    took: float
    program: str
    missing: tuple[str, ...] = ("file",)


@dataclass(frozen=True)
class RecordedRun:
    """The run, on a machine on which everything takes `slowness` times as long as it did."""

    slowness: float

    def __post_init__(self) -> None:
        trainings = [
            Training(forecast, took, f"program {number}" if compiled else "")
            for number, (forecast, took, compiled) in enumerate(RECORDED["trainings"])
        ]
        trainings.sort(key=lambda training: -training.seconds)
        idle, spans = [0.0] * PROCESSES, []
        for training in trainings:  # each goes to whoever is idle first
            process = idle.index(min(idle))
            spans.append((training, idle[process], idle[process] + training.took * self.slowness))
            idle[process] = spans[-1][2]
        counts, seconds = np.array(RECORDED["tests"]).T
        object.__setattr__(self, "spans", spans)
        object.__setattr__(self, "trained", max(idle))
        object.__setattr__(self, "tests", (counts, max(idle) + seconds * self.slowness))
        object.__setattr__(self, "ends", max(idle) + seconds[-1] * self.slowness)

    def seen(self, at: float) -> Seen:
        """What is seen of it after so many seconds."""
        left = []
        for training, start, end in self.spans:
            share = min(1.0, max(0.0, (end - at) / (end - start)))
            if share:
                left.append(replace(training, seconds=training.seconds * share))
        left.sort(key=lambda training: -training.seconds)
        everything = [training for training, _, _ in self.spans]
        counts, seconds = self.tests
        return Seen(
            seconds=at,
            training_seconds=min(at, self.trained),
            planned=share_out(everything, PROCESSES, SECONDS_COMPILING).wall,
            left=share_out(left, PROCESSES, SECONDS_COMPILING).wall if left else 0.0,
            tests=int(counts[-1]),
            measured=int(np.interp(at, seconds, counts)) if at > self.trained else 0,
            measured_in_training=0,
            untrained=1.0,
            processes=PROCESSES,
        )


@pytest.mark.parametrize("slowness", [0.5, 1.0, 2.0])
def test_the_end_is_foretold_from_a_fifth_on(slowness):
    """At every hundredth of the run, on a machine half or twice as fast as the rule of thumb, within a quarter."""
    run = RecordedRun(slowness)
    errors = []
    for part in range(20, 100):
        at = run.ends * part / 100
        errors.append((at + seconds_left(run.seen(at))) / run.ends - 1)

    assert max(map(abs, errors)) <= 0.25, [f"{error:+.2f}" for error in errors]


def test_without_learning_it_would_be_wrong():
    """On a machine half as fast, what the rule of thumb says of the rest misses by more than a quarter of the run."""
    run = RecordedRun(2.0)
    at = run.ends * 0.2
    seen = run.seen(at)
    ignorant = at + seen.left + seconds_left(replace(seen, seconds=0, training_seconds=0, left=0, planned=0))

    assert ignorant / run.ends < 0.75


SEEN = Seen(
    seconds=40,
    training_seconds=40,
    planned=100,
    left=60,
    tests=0,
    measured=0,
    measured_in_training=0,
    untrained=1.0,
    processes=2,
)


def test_trainings_go_on_as_they_went():
    """Forty seconds of the plan took forty, or twice as long: so does the rest, nearly."""
    slow = replace(SEEN, seconds=80, training_seconds=80)

    assert pytest.approx(60) == seconds_left(SEEN)
    assert pytest.approx(60 * 90 / 50) == seconds_left(slow)
    assert pytest.approx(0.4) == share_done(SEEN)


def test_tests_go_on_as_they_went():
    """Once many have run, their own speed counts; at first the forecast does, with the speed of the trainings."""
    trained = replace(SEEN, left=0, training_seconds=100, seconds=100, tests=1000)
    half = replace(trained, seconds=300, measured=500)

    assert pytest.approx(1000 * 0.12 / 2) == seconds_left(trained)
    assert pytest.approx(500 * (0.12 / 2 * 200 + 200) / 700) == seconds_left(half)


def test_stored_models_make_quick_tests():
    """Where nothing has to be trained, a third of the time is foretold."""
    stored = replace(SEEN, planned=0, left=0, seconds=0, training_seconds=0, tests=1000, untrained=0.0)

    assert pytest.approx(1000 * 0.04 / 2) == seconds_left(stored)


def test_nothing_to_do_is_done():
    """Neither trainings nor tests: no seconds, and no division by them."""
    nothing = Seen(0, 0, 0, 0, 0, 0, 0, 0, 1)

    assert (0.0, 0.0) == (seconds_left(nothing), share_done(nothing))
