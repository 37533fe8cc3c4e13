"""Schedules: which samples form each batch, and when states are reset."""

import numpy as np
import pytest
from own_draws import Backward, Hurried, Repeated

from lstm_lab import Regime
from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.experiment.schedule import draw_schedule, steps_per_epoch

ORDERS = ["each_epoch", "once", "never"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("batch_size", [1, 5])
def test_the_beginning_of_a_long_training_is_a_short_one(order, batch_size) -> None:
    """The first epochs do not depend on how many follow."""
    regime = Regime(epochs=0, batch_size=batch_size, shuffle=order)
    short, long = draw_schedule(regime, 25, seed=3, epochs=4), draw_schedule(regime, 25, seed=3, epochs=9)

    assert short.batches.tolist() == long.batches[: len(short.batches)].tolist()
    assert short.resets.tolist() == long.resets[: len(short.resets)].tolist()


@pytest.mark.parametrize("order", ORDERS)
def test_every_sample_is_shown_once_an_epoch(order) -> None:
    """Whatever the order, an epoch is a permutation of the samples."""
    drawn = draw_schedule(Regime(epochs=0, shuffle=order), 25, seed=0, epochs=6)

    assert [list(range(25))] * 6 == np.sort(drawn.batches.reshape(6, 25)).tolist()


def test_the_order_differs_from_epoch_to_epoch() -> None:
    """`each_epoch` draws a new order for every epoch."""
    orders = draw_schedule(Regime(epochs=0), 25, seed=0, epochs=20).batches.reshape(20, 25)

    assert 20 == len({tuple(order) for order in orders.tolist()})


def test_one_order_is_replayed() -> None:
    """`once` draws one order, which is not that of the samples, and keeps to it."""
    orders = draw_schedule(Regime(epochs=0, shuffle="once"), 25, seed=0, epochs=20).batches.reshape(20, 25)

    assert 1 == len({tuple(order) for order in orders.tolist()})
    assert list(range(25)) != orders[0].tolist()


def test_no_shuffling_keeps_the_order_of_the_samples() -> None:
    """`never` shows the samples as they stand, batch by batch."""
    drawn = draw_schedule(Regime(epochs=0, batch_size=2, shuffle="never"), 4, seed=0, epochs=2)

    assert [[0, 1], [2, 3], [0, 1], [2, 3]] == drawn.batches.tolist()


@pytest.mark.parametrize(("order", "different"), [("each_epoch", True), ("once", True), ("never", False)])
def test_seeds_have_orders_of_their_own(order, different) -> None:
    """Where there is an order to draw, each seed draws its own."""
    regime = Regime(epochs=0, shuffle=order)
    one, other = draw_schedule(regime, 25, 0, 3), draw_schedule(regime, 25, 1, 3)

    assert different == (one.batches.tolist() != other.batches.tolist())


@pytest.mark.parametrize(
    ("reset", "resets"),
    [("each_epoch", [True, False, True, False]), ("never", [False, False, False, False])],
)
def test_resets(reset, resets) -> None:
    """States are zeroed before the first batch of each epoch, or never."""
    assert resets == draw_schedule(Regime(epochs=0, batch_size=2, reset=reset), 4, seed=0, epochs=2).resets.tolist()


def test_no_epochs_have_no_batches() -> None:
    """The schedule of an untrained model is empty."""
    drawn = draw_schedule(Regime(epochs=0, batch_size=5), 25, seed=0, epochs=0)

    assert ((0, 5), (0,)) == (drawn.batches.shape, drawn.resets.shape)


def test_batches_fill_the_epoch() -> None:
    """A batch size that divides gives a whole number of updates."""
    assert 5 == steps_per_epoch(Regime(epochs=1, batch_size=5), 25)


def test_a_batch_size_that_does_not_divide_is_refused() -> None:
    """One line says the batch size, the number of samples and what would do."""
    with pytest.raises(ExperimentError) as error:
        draw_schedule(Regime(epochs=1, batch_size=4), 25, seed=0, epochs=1)

    assert (
        "batch_size: got 4 for 25 samples, wanted a divisor of 25 "
        "(a smaller last batch would need a network of another shape)"
    ) == str(error.value)


def test_orders_of_ones_own_are_taken_as_they_are() -> None:
    """And the first epochs of a long training are those of a short one."""
    regime = Regime(epochs=0, batch_size=2, shuffle=Backward())

    drawn = draw_schedule(regime, 4, seed=1, epochs=2)

    assert [[0, 3], [2, 1], [1, 0], [3, 2]] == drawn.batches.tolist()


def test_orders_that_leave_samples_out_are_refused() -> None:
    """One line says whose they are and what would do."""
    with pytest.raises(ExperimentError, match=r"^shuffle: got Repeated, .* wanted \(3, 4\), each of 4 samples once"):
        draw_schedule(Regime(epochs=1, shuffle=Repeated()), 4, seed=0, epochs=3)


def test_orders_that_depend_on_the_number_of_epochs_are_refused() -> None:
    """A longer training would not go on from a shorter one."""
    with pytest.raises(ExperimentError, match=r"^shuffle: got Hurried, whose first order depends on the number of"):
        draw_schedule(Regime(epochs=1, shuffle=Hurried()), 4, seed=0, epochs=3)
