"""Members of an ensemble do not know each other, and a training can stop and go on without a trace."""

import numpy as np
import pytest

from fixtures import experiments
from lstm_lab import Subsequences
from lstm_lab.training.compiled.loop import train
from lstm_lab.training.problems.problem import Samples

SEEDS = (0, 1, 2)
POISONED = 1
NON_TRAINABLE = (0, 2)

SHORT = {
    "naive one char": experiments.NAIVE_ONE_CHAR.but(epochs=6),
    "three char features": experiments.THREE_CHAR_FEATURES.but(epochs=6),
    "three char time steps": experiments.THREE_CHAR_TIME_STEPS.but(epochs=6),
    "within batch": experiments.WITHIN_BATCH.but(epochs=6),
    "stateful one char": experiments.STATEFUL_ONE_CHAR.but(epochs=6),
    "stateful one char, 50 units": experiments.STATEFUL_ONE_CHAR_50.but(epochs=6),
    "variable length": experiments.VARIABLE_LENGTH.but(epochs=6, problem=Subsequences(count=50)),
}

everyone = pytest.mark.parametrize("experiment", SHORT.values(), ids=SHORT)


@pytest.fixture(scope="module")
def clean(snapshots):
    """The undisturbed training of an experiment, trained once."""
    remembered = {}

    def of(experiment):
        if experiment.name not in remembered:
            remembered[experiment.name] = snapshots(experiment, SEEDS)[-1]
        return remembered[experiment.name]

    return of


def poisoned(experiment, x_by: float = 1.0, y_by: float = 1.0) -> list[Samples]:
    """The samples of all seeds, those of one multiplied."""
    own = [experiment.problem.samples(seed) for seed in SEEDS]
    own[POISONED] = Samples(own[POISONED].x * np.float32(x_by), own[POISONED].y * np.float32(y_by))
    return own


@everyone
def test_a_poisoned_member_moves_no_other(experiment, clean, snapshots, bits) -> None:
    """A thousandfold loss of one member changes its own weights, and not one bit of the others."""
    trained = snapshots(experiment, SEEDS, samples=poisoned(experiment, y_by=1000))[-1]

    assert all(bits(clean(experiment), member) == bits(trained, member) for member in NON_TRAINABLE)
    assert np.abs(clean(experiment).weights[0][POISONED] - trained.weights[0][POISONED]).max() > 1e-4


@everyone
def test_a_diverged_member_moves_no_other(experiment, clean, snapshots, bits) -> None:
    """A member that leaves the finite numbers leaves the others as they are."""
    trained = snapshots(experiment, SEEDS, samples=poisoned(experiment, x_by=np.nan))[-1]

    assert [True, False, True] == np.isfinite(trained.losses).all(axis=1).tolist()
    assert [True, False, True] == [bool(np.isfinite(trained.weights[0][member]).all()) for member in range(3)]
    assert all(bits(clean(experiment), member) == bits(trained, member) for member in NON_TRAINABLE)


@everyone
def test_going_on_from_a_checkpoint_leaves_no_trace(experiment, clean, snapshots, bits) -> None:
    """A training continued from a snapshot is, bit by bit, the one that was never interrupted."""
    halfway = snapshots(experiment.but(epochs=3), SEEDS)[-1]
    continued = snapshots(experiment, SEEDS, start=halfway)[-1]

    assert (3, 6) == (halfway.epoch, continued.epoch)
    assert bits(clean(experiment)) == bits(continued)


@everyone
def test_checkpoints_on_the_way_change_nothing(experiment, clean, snapshots, bits) -> None:
    """A snapshot taken on the way is the shorter training, and the rest goes on as if none had been taken."""
    on_the_way, last = snapshots(experiment.but(checkpoints=(3,)), SEEDS)

    assert bits(snapshots(experiment.but(epochs=3), SEEDS)[-1]) == bits(on_the_way)
    assert bits(clean(experiment)) == bits(last)


def test_trainings_may_take_turns(clean, bits) -> None:
    """Two trainings that share a compiled program do not disturb each other when they alternate."""
    one = SHORT["naive one char"]
    other = one.but(shuffle="never")
    turns = [
        train(each.network, each.regime, [each.problem.samples(seed) for seed in SEEDS], SEEDS, (2, 4, 6))
        for each in (one, other)
    ]
    taken = list(zip(*turns, strict=True))

    assert bits(clean(one)) == bits(taken[-1][0])
    assert bits(clean(other)) == bits(taken[-1][1])


def test_states_are_carried_between_batches(clean, snapshots) -> None:
    """Without resets the states of an epoch's end reach the next epoch: other weights result."""
    resetting = SHORT["stateful one char"]
    carrying = snapshots(resetting.but(reset="never"), SEEDS)[-1]

    assert clean(resetting).weights[0].tobytes() != carrying.weights[0].tobytes()
    assert [(3, 1, 16), (3, 1, 16)] == [state.shape for state in carrying.states]


def test_a_training_may_move_to_other_company(snapshots, clean) -> None:
    """A seed ends at the same weights, to rounding, whichever seeds it is trained with."""
    experiment = SHORT["naive one char"]
    elsewhere = snapshots(experiment, (7, 2, 5))[-1]

    np.testing.assert_allclose(clean(experiment).weights[0][2], elsewhere.weights[0][1], atol=1e-6)
