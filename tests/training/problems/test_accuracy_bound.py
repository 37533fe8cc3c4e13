"""The best accuracy that any model could have, against what can be counted by hand."""

from dataclasses import dataclass

import numpy as np
import pytest

from lstm_lab import Constant, Markov, RandomText, Runs, Windows, best_accuracy
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import one_hot
from lstm_lab.training.problems.problem import Samples


@dataclass(frozen=True)
class Given:
    """Inputs and targets as they are given."""

    x: tuple[int, ...]
    y: tuple
    varies = False
    symbols = "ABC"

    def samples(self, seed: int) -> Samples:
        """One step of one number each."""
        return Samples(np.array(self.x, np.float32)[:, None, None], one_hot(np.array(self.y), 3))

    def encode(self, text: str) -> np.ndarray:
        """Not asked."""
        raise NotImplementedError


def test_equal_inputs_get_one_answer() -> None:
    """Of three targets of one input the most frequent two are right."""
    assert 0.75 == best_accuracy(Given((0, 0, 0, 1), (1, 1, 2, 0)))


def test_several_targets_count_for_themselves() -> None:
    """One of two inputs alike has both targets right, the other one of them."""
    assert 0.75 == best_accuracy(Given((0, 0), ((1, 2), (1, 0))))


def test_whoever_remembers_everything_is_never_in_doubt() -> None:
    """Alternating targets of one input: without memory half of them, with the whole sequence all of them."""
    alternating = Given((0,) * 6, (0, 1, 0, 1, 0, 1))

    assert [0.5, 1.0] == [best_accuracy(alternating, stateful=known) for known in (False, True)]


@pytest.mark.parametrize(
    ("problem", "stateful", "best"),
    [
        (Windows(), False, 1.0),
        (Constant(Windows()), False, 1 / 25),
        (Constant(Windows()), True, 1.0),
        (Markov(1), False, 0.2),
        (RandomText(300), True, 1.0),
    ],
    ids=["letters", "constant", "counted", "one symbol", "memorised"],
)
def test_problems_of_the_lab(problem, stateful, best) -> None:
    """As their definitions say."""
    assert best == best_accuracy(problem, seed=2, stateful=stateful)


def test_padding_with_the_code_of_a_letter_loses_nothing_here() -> None:
    """The zero of padding is A: "B" and "AB" are one input, but one letter follows both."""
    assert 1.0 == best_accuracy(Runs()) == best_accuracy(Runs(padding="none"))


def test_what_came_before_may_tell() -> None:
    """Alternating targets of one input: the first is told by the reset, the others by nothing but the whole history."""
    alternating = Given((0,) * 6, (0, 1, 0, 1, 0, 1))

    assert [3 / 6, 4 / 6, 4 / 6, 1.0] == [best_accuracy(alternating, history=known) for known in (0, 1, 2, 5)]


def test_less_than_no_history_is_refused() -> None:
    """One line names what, got and wanted."""
    with pytest.raises(ProblemError, match="history: got -1, wanted 0 samples or more"):
        best_accuracy(Windows(), history=-1)
