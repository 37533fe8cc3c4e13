"""What the progress of a run says, on a terminal and in a pipe."""

from dataclasses import replace
from datetime import datetime

import pytest

from lstm_lab.suite.progress_text import State, bar_line, clock, last_sentence, sentence
from lstm_lab.training.execution import Remaining, Seen

TRAINING = State(
    Seen(
        seconds=40,
        training_seconds=40,
        planned=100,
        left=60,
        tests=0,
        measured=0,
        measured_in_training=0,
        untrained=1.0,
        processes=2,
    ),
    Remaining(trainings=126, of=210, stored=0, seconds=60, planned=100),
    ["variable length, 500 epochs", "sine, 300 epochs", "sine, 300 epochs"],
    elapsed=45,
    now=datetime(2026, 1, 2, 23, 59, 30),
)
MEASURING = replace(
    TRAINING,
    seen=replace(TRAINING.seen, left=0, tests=1000, measured=250, seconds=55),
    remaining=replace(TRAINING.remaining, trainings=0),
    under_way=[],
)


def test_on_a_terminal_a_bar() -> None:
    """What is done in time, for how long, how long yet and until when; then what is trained, each once."""
    assert (
        "[########------------] 40 %  0:45, 60 s left, done at 00:00  "
        "84 of 210 trained: variable length, 500 epochs; sine, 300 epochs"
    ) == bar_line(TRAINING)


def test_in_a_pipe_a_sentence() -> None:
    """The same in words."""
    assert (
        "claims: 40 % done after 0:45, about 60 s left; 84 of 210 trained: variable length, 500 epochs; "
        "sine, 300 epochs"
    ) == sentence(TRAINING)


def test_while_tests_run_they_are_counted() -> None:
    """And what they train beside the plan is named."""
    assert sentence(MEASURING).endswith(" left; 250 of 1000 tests")
    assert sentence(replace(MEASURING, under_way=["sine, 300 epochs"])).endswith(
        "250 of 1000 tests, training: sine, 300 epochs"
    )


def test_in_the_end_what_was_done() -> None:
    """Trainings only where some were planned."""
    assert "claims: 210 planned trainings and 250 tests done after 0:45" == last_sentence(MEASURING)
    assert "claims: 250 tests done after 0:45" == last_sentence(replace(MEASURING, remaining=None))


@pytest.mark.parametrize(("seconds", "text"), [(4.4, "0:04"), (59.7, "1:00"), (3599, "59:59"), (3725, "1:02:05")])
def test_a_clock(seconds, text) -> None:
    """Minutes and seconds, and hours where there are any."""
    assert text == clock(seconds)
