"""A long series cut into samples that a stateful network reads one after the other. NumPy only."""

from __future__ import annotations

from numpy.typing import ArrayLike

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.arrays import floats
from lstm_lab.training.problems.problem import Floats


def stateful_chunks(series: ArrayLike, steps: int, batch_size: int = 1) -> Floats:
    """A series (L, ...) as samples (N, steps, ...) in the order of a stateful network: `shuffle="never"`.

    Row r of each batch goes on where row r of the batch before it ended, so the states carry over. With more than one
    row, the series is parted into so many streams of equal length. Cut inputs and targets alike:
    `x=stateful_chunks(series[:-1], 20), y=stateful_chunks(series[1:], 20)`.

    Raises:
        ProblemError: where chunks of this size leave a rest.
    """
    values = floats(series, "series")
    size = steps * batch_size
    if min(steps, batch_size) < 1 or not values.ndim or not len(values) or len(values) % size:
        raise ProblemError(
            f"series: got {len(values) if values.ndim else 'no'} values for chunks of {steps} in {batch_size} rows, "
            f"wanted a multiple of {size}, and at least 1 of each"
        )
    streams = values.reshape(batch_size, -1, steps, *values.shape[1:])
    return streams.swapaxes(0, 1).reshape(-1, steps, *values.shape[1:])
