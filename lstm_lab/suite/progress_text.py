"""The text of a run's progress: a bar with what is done and when it ends for a terminal, a sentence for a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lstm_lab.text import pluralized
from lstm_lab.training.execution import Remaining, Seen, seconds_left, share_done
from lstm_lab.training.planning import duration

WIDTH = 20  # of the bar


@dataclass(frozen=True)
class State:
    """How far a run is.

    Attributes:
        seen: what is done and what is left, in seconds and tests.
        remaining: what is left of the plan of trainings; None where there is none.
        under_way: what is being trained, a name each.
        elapsed: seconds since the session began.
        now: the time of day.
    """

    seen: Seen
    remaining: Remaining | None
    under_way: Sequence[str]
    elapsed: float
    now: datetime


def bar_line(state: State) -> str:
    """`[#######-------------] 34 %  3:25, 6.5 min left, done at 16:42  84 of 210 trained: sine, 300 epochs`."""
    share = share_done(state.seen)
    full = round(WIDTH * share)
    left = seconds_left(state.seen)
    at = (state.now + timedelta(seconds=left)).strftime("%H:%M")
    bar = f"[{'#' * full}{'-' * (WIDTH - full)}] {100 * share:.0f} %"
    return f"{bar}  {clock(state.elapsed)}, {duration(left)} left, done at {at}  {_doing(state)}"


def sentence(state: State) -> str:
    """`claims: 34 % done after 3:25, about 6.5 min left; 84 of 210 trained: variable length, 500 epochs`."""
    share = f"{100 * share_done(state.seen):.0f} % done after {clock(state.elapsed)}"
    return f"claims: {share}, about {duration(seconds_left(state.seen))} left; {_doing(state)}"


def last_sentence(state: State) -> str:
    """What was done in all, for a pipe."""
    trained = state.remaining.of - state.remaining.trainings if state.remaining else 0
    planned = f"{pluralized(trained, 'planned training')} and " if trained else ""
    return f"claims: {planned}{pluralized(state.seen.measured, 'test')} done after {clock(state.elapsed)}"


def clock(seconds: float) -> str:
    """A duration as a clock shows it: `3:25`, `1:03:25`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _doing(state: State) -> str:
    """What is being done: trainings while some of the plan are left, else tests."""
    remaining, seen = state.remaining, state.seen
    names = f": {'; '.join(dict.fromkeys(state.under_way))}" if state.under_way else ""
    if remaining is not None and remaining.trainings:
        return f"{remaining.of - remaining.trainings} of {remaining.of} trained{names}"
    return f"{seen.measured} of {seen.tests} tests{f', training{names}' if names else ''}"
