"""The training process: its answers, its errors, its end, and another one after it."""

import os
import signal

import pytest

from lstm_lab.training.compiled.training_process import TrainingProcess
from lstm_lab.training.errors import NetworkError, TrainingProcessError

HERE = __name__


@pytest.fixture
def process():
    """A training process of this test."""
    made = TrainingProcess()
    yield made
    made.end()


def backend() -> tuple[str, int]:
    """The backend of Keras, and the process."""
    import keras

    return keras.backend.backend(), os.getpid()


def echo(*values: object) -> tuple[object, ...]:
    """What it is given, but for the function of progress."""
    if callable(values[-1]):
        values[-1](3)
        values[-1](5)
        return values[:-1]
    return values


def fails(line: str) -> None:
    """An error of the lab's own."""
    raise NetworkError(line)


def fails_strangely() -> None:
    """An error that no other process can build."""

    class Strange(Exception):
        pass

    raise Strange("who knows")


def dies(code: int) -> None:
    """A process that is killed, as by a machine out of memory."""
    os.kill(os.getpid(), code)


def test_its_keras_computes_with_jax(process) -> None:
    """And goes on to do so in the same process, while Keras here asks TensorFlow."""
    import keras

    first, second = process.call(f"{HERE}:backend"), process.call(f"{HERE}:backend")

    assert first == second
    assert ("jax", "tensorflow") == (first[0], keras.backend.backend())
    assert os.getpid() != first[1]
    assert process.seconds > 0


def test_progress_is_told_on_the_way(process) -> None:
    """Before the result, each epoch once."""
    told: list[int] = []

    assert ("A", 2) == process.call(f"{HERE}:echo", "A", 2, progress=told.append)
    assert [3, 5] == told


def test_errors_are_raised_here_and_end_nothing(process) -> None:
    """The lab's own as they are, others by their text."""
    _, first = process.call(f"{HERE}:backend")
    with pytest.raises(NetworkError, match=r"^network: got nothing$"):
        process.call(f"{HERE}:fails", "network: got nothing")
    with pytest.raises(RuntimeError, match=r"^Strange: who knows$"):
        process.call(f"{HERE}:fails_strangely")
    with pytest.raises(AttributeError):  # an argument that cannot be sent
        process.call(f"{HERE}:echo", lambda: None)

    assert ("jax", first) == process.call(f"{HERE}:backend")


def test_a_process_that_dies_is_one_line_and_the_next_call_starts_another(process) -> None:
    """Nothing hangs, nothing is lost but the call."""
    _, first = process.call(f"{HERE}:backend")
    with pytest.raises(TrainingProcessError, match=r"^training process: got no answer, .* status -9; wanted .*memory"):
        process.call(f"{HERE}:dies", signal.SIGKILL)

    assert first != process.call(f"{HERE}:backend")[1]


def test_an_answer_that_nobody_waits_for_is_not_taken_for_the_next(process) -> None:
    """A call that is interrupted on the way ends the process."""

    def interrupt(epoch: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        process.call(f"{HERE}:echo", 1, progress=interrupt)

    assert (2,) == process.call(f"{HERE}:echo", 2)
