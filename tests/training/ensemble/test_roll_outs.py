"""Roll-outs in letters and numbers, other lengths and other numbers of rows: held to ordinary Keras models by hand."""

from itertools import pairwise

import keras
import numpy as np
import pytest
from trained_members import SEEDS, TRAINED, WITHIN, encoded, letters

from lstm_lab import Arrays, Experiment, Network, Regime, layer, stateful_chunks
from lstm_lab.training.ensemble import Ensemble, Member
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.experiment import reset_states

SERIES = np.sin(np.arange(41) / 3)[:, None]


def numbers(stateful: bool, steps: int) -> Experiment:
    """A network that is trained on one number after the other, or on windows of them."""
    x = np.stack([SERIES[start : start + steps] for start in range(40 - steps)])
    recurrent = layer("LSTM", 4, **({"stateful": True} if stateful else {}))
    network = Network((recurrent, layer("Dense", 1)), loss="mean_squared_error")
    return Experiment("series", Arrays(x, SERIES[steps:40]), network, Regime(3, shuffle="never"))


@pytest.mark.parametrize(("stateful", "steps"), [(True, 1), (False, 5)], ids=["stateful", "windows"])
def test_a_forecast_feeds_each_output_back(stateful, steps, snapshots) -> None:
    """A stateful network reads each number once, a stateless one its window, moved on by one."""
    experiment = numbers(stateful, steps)
    ensemble = Ensemble(experiment, snapshots(experiment, SEEDS)[-1])
    for seed in SEEDS:
        member, series = Member.of(ensemble, seed), list(SERIES[:5])
        model = member.keras_model()
        reset_states(model)
        for place in range(4 if stateful else 0):
            model.predict(SERIES[None, place : place + 1], verbose=0)
        for _ in range(6):
            window = np.array(series[-1:] if stateful else series[-5:], np.float32)[None]
            series.append(model.predict(window, verbose=0)[0])

        np.testing.assert_allclose(series[5:], member.forecast(SERIES[:5].tolist(), 6), atol=WITHIN)


def test_a_forecast_needs_an_output_that_can_be_read(ensemble_of) -> None:
    """26 probabilities are no time step of one number."""
    with pytest.raises(ProblemError, match="forecast: got outputs of 26 numbers for time steps of 1, wanted as many"):
        Member.of(ensemble_of("stateless"), 0).forecast([[0.0]], 2)
    with pytest.raises(ProblemError, match=r"forecast: got a start of shape \(1,\), wanted \(T, F\)"):
        Member.of(ensemble_of("stateless"), 0).forecast([0.0], 2)


def forward(said: str) -> int:
    """How often a letter is followed by the next one of the alphabet."""
    return sum(ord(after) - ord(before) == 1 for before, after in pairwise(said))


def test_drawn_letters_follow_the_probabilities(ensemble_of) -> None:
    """Near a temperature of 0 the most probable one; high up nearly any; the same whenever it is asked."""
    member = Member.of(ensemble_of("stateful"), 1)
    drawn = member.roll_out("A", 60, temperature=1.0)

    assert member.roll_out("A", 10) == member.roll_out("A", 10, temperature=1e-3)
    assert drawn == Member.of(ensemble_of("stateful"), 1).roll_out("A", 60, temperature=1.0)
    assert drawn != Member.of(ensemble_of("stateful"), 2).roll_out("A", 60, temperature=1.0)
    assert forward(member.roll_out("A", 60, temperature=50.0)) < 10 < forward(member.roll_out("A", 60, temperature=0.1))
    with pytest.raises(ProblemError, match="roll_out: got temperature 0, wanted more than 0, or None"):
        member.roll_out("A", 10, temperature=0)


def test_trained_in_rows_and_rolled_out_in_one(ensemble_of) -> None:
    """The number of rows of the training does not bind a roll-out."""
    member = Member.of(ensemble_of("five rows"), 0)
    model, said = member.keras_model(batch_size=1), "A"
    reset_states(model)
    for _ in range(5):
        said += letters(model.predict(encoded("stateful", said[-1]), verbose=0))

    assert said[1:] == member.roll_out("A", 5)


@pytest.mark.parametrize("batch_size", [1, 3])
def test_outputs_in_batches_of_another_size(batch_size, ensemble_of) -> None:
    """States of as many rows, from a reset."""
    member = Member.of(ensemble_of("five rows"), 2)
    x = encoded("stateful", *"ABCDEF")
    model = member.keras_model(batch_size=batch_size)
    reset_states(model)

    np.testing.assert_allclose(
        model.predict(x, batch_size=batch_size, verbose=0), member.outputs(x, batch_size=batch_size), atol=WITHIN
    )
    with pytest.raises(ValueError, match="got 6 samples, wanted a multiple of 5"):
        member.outputs(x)


def test_outputs_for_other_lengths_and_lists(ensemble_of) -> None:
    """A network of windows of three answers windows of four; numbers may come in lists."""
    member = Member.of(ensemble_of("windows"), 0)
    x = encoded("windows", "ABC", "DEF").reshape(1, 6, 1)[:, :4]
    model = keras.Sequential([keras.Input((4, 1)), *member.keras_model().layers])

    np.testing.assert_allclose(model.predict(x, verbose=0), member.outputs(x.tolist()), atol=WITHIN)
    with pytest.raises(ProblemError, match=r"outputs for x: got shape \(2,\), wanted 3 axes"):
        member.outputs([0.5, 0.5])


def test_the_same_weights_are_the_same_bits(ensemble_of) -> None:
    """Of the same seed, not of another, nor of another network."""
    one, other = (Member.of(ensemble_of("stateless"), seed) for seed in (0, 1))

    assert one.same_weights(Member.of(ensemble_of("stateless"), 0))
    assert not one.same_weights(other)
    assert not one.same_weights(Member.of(ensemble_of("runs"), 0))
    assert TRAINED["stateless"] == one.experiment


def test_a_series_in_chunks_goes_on_row_by_row() -> None:
    """Row r of a batch begins where row r of the batch before it ended."""
    chunks = stateful_chunks(np.arange(24), 3, batch_size=2)

    assert (8, 3) == chunks.shape
    assert [[0, 1, 2], [12, 13, 14], [3, 4, 5], [15, 16, 17]] == chunks[:4].tolist()
    assert (12, 2, 5) == stateful_chunks(np.zeros((24, 5)), 2).shape
    with pytest.raises(ProblemError, match="series: got 25 values for chunks of 3 in 2 rows, wanted a multiple of 6"):
        stateful_chunks(np.arange(25), 3, batch_size=2)
