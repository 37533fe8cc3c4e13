"""A refused call is told by its exception and leaves nothing behind, whatever else is alive."""

import gc
import weakref

import keras
import numpy as np
import pytest

from fixtures.refusals import refusal


class Loop:
    """Refers to itself, so that only the collector of garbage frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_taken() -> None:
    """There is no exception to tell."""
    assert refusal(int, "12") is None


def test_refused() -> None:
    """The exception comes without the frames that it went through."""
    told = refusal(int, "12", base="two")

    assert isinstance(told, TypeError)
    assert told.__traceback__ is None


@pytest.mark.parametrize("kinds", [KeyError, (KeyError, ZeroDivisionError)])
def test_other_kinds_go_through(kinds) -> None:
    """An exception that was not asked for is none of a refusal."""
    with pytest.raises(ValueError, match="invalid literal"):
        refusal(int, "twelve", kinds=kinds)


@pytest.mark.parametrize(("match", "refused"), [("two|literal", True), ("shape", False)])
def test_what_it_says_decides_too(match, refused) -> None:
    """An exception of the right kind that says something else goes through, with the frames that it came by."""
    if refused:
        assert isinstance(refusal(int, "twelve", kinds=ValueError, match=match), ValueError)
    else:
        with pytest.raises(ValueError, match="invalid literal") as raised:
            refusal(int, "twelve", kinds=ValueError, match=match)
        assert "refusal" in [entry.name for entry in raised.traceback]


def test_what_is_left_behind_is_freed_at_once() -> None:
    """Also where it is referred to by the frames of an exception that led to the one that is told."""
    left = []

    def call() -> None:
        loop = Loop()
        left.append(weakref.ref(loop))
        try:
            raise KeyError(loop)
        except KeyError:
            raise ValueError("refused") from None

    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        refusal(call)
    finally:
        gc.enable()

    assert left[0]() is None
    assert gc.get_freeze_count() <= frozen


def test_the_iterator_of_a_refused_evaluation_is_freed() -> None:
    """Keras leaves it in a cycle, which is why there is anything to do."""

    def alive() -> int:
        return sum(type(one).__name__ == "TFEpochIterator" for one in gc.get_objects())

    model = keras.Sequential([keras.Input(batch_shape=(1, 1, 1)), keras.layers.LSTM(2, stateful=True)])
    model.compile(loss="mean_squared_error", jit_compile=False)
    before = alive()

    assert refusal(model.evaluate, np.zeros((5, 1, 1)), np.zeros((5, 2)), batch_size=5, verbose=0) is not None
    assert before == alive()
