"""How often the loop compiles: once per shape. The training process counts its programs, and JAX what it compiles."""

from collections.abc import Callable

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.compiled import train, training_process

BASE = Experiment("tiny", Windows(symbols="ABCDEF"), recurrent_classifier(2, 6), Regime(epochs=3))


def programs_of_jax() -> int:
    """How many versions of its loops JAX has compiled in the process that calls this."""
    import gc

    import jax

    return sum(isinstance(one, jax.stages.Compiled) for one in gc.get_objects())


@pytest.fixture
def compilations() -> Callable[..., int]:
    """How many programs a training has compiled, by both counts."""
    training_process().end()

    def of(experiment: Experiment, seeds: tuple[int, ...] = (0, 1)) -> int:
        process = training_process()
        before = process.call(f"{__name__}:programs_of_jax"), process.programs
        samples = [experiment.problem.samples(seed) for seed in seeds]
        list(train(experiment.network, experiment.regime, samples, seeds, experiment.regime.stops))
        after = process.call(f"{__name__}:programs_of_jax"), process.programs
        assert after[0] - before[0] == after[1] - before[1]
        return after[0] - before[0]

    return of


def test_one_compilation_per_shape(compilations) -> None:
    """Epochs, order, resets, data and seeds are arguments of one program; a new shape is a new program."""
    assert 1 == compilations(BASE)
    assert 0 == compilations(BASE)
    assert 0 == compilations(BASE.but(epochs=2000, checkpoints=(1, 7)))  # several calls
    assert 0 == compilations(BASE.but(shuffle="never", reset="never"))
    assert 0 == compilations(BASE.but(problem=Windows(first=1, symbols="FEDCBA")))
    assert 0 == compilations(BASE, seeds=(8, 9))
    assert 1 == compilations(BASE.but(network=recurrent_classifier(3, 6)))
    assert 1 == compilations(BASE, seeds=(0, 1, 2))
    assert 1 == compilations(BASE.but(batch_size=5))
