"""Builders that the compiled loop refuses: trained by plain Keras, seed by seed, and evaluated like all others."""

import re

import keras
import numpy as np
import own_builders as own
import pytest

from lstm_lab.training.execution import worker_processes
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter, notes
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.plain_keras import reference
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.jobs import plan_jobs, seed_block
from lstm_lab.training.store.snapshot import PlainSnapshot

ALONE = {
    "dropout": (own.dropout, {}, "updates seed_generator/seed_generator_state in training"),
    "batch normalisation": (own.normalised, {}, "updates sequential/batch_normalization/moving_mean in training"),
    "stateful dropout": (own.stateful_dropout, {"reset": 2}, "updates seed_generator"),
    "regularizer": (own.regularized, {}, "a regularizer or constraint on sequential/lstm/lstm_cell/kernel"),
    "activity": (own.penalised, {}, "penalty"),
    "frozen": (own.frozen, {}, "weights that are not trained .* differ from seed to seed"),
    "NumPy inside": (own.numpy_layer, {}, "cannot be computed for many seeds at once .*TracerArrayConversionError"),
    "own step": (own.own_step, {}, "a `train_step` of its own"),
    "Lamb": (own.plainly, {"optimizer": "Lamb"}, "the optimizer Lamb may couple weights"),
    "Lamb made": (own.plainly, {"optimizer": own.lamb}, "the optimizer Lamb may couple weights"),
    "clipnorm": (own.plainly, {"optimizer": own.clipped}, "the optimizer Adam has clipnorm"),
}


# What Keras says of layers through which no gradient flows is printed for builders, and an error elsewhere.
@pytest.mark.filterwarnings("ignore:Gradients do not exist:UserWarning")
@pytest.mark.parametrize(("build", "changes", "why"), ALONE.values(), ids=ALONE)
def test_trained_as_by_plain_fit(build, changes, why, trainer) -> None:
    """Bit by bit: trainable weights, statistics and random states; probes answer as the Keras model does."""
    experiment = own.mine(build, **changes)
    member = trainer.member(experiment, 1)
    fitted = reference.fit(experiment, 1)
    variables = [*fitted.trainable_variables, *fitted.non_trainable_variables]

    assert (1,) == seed_block(experiment, 1)
    assert pytest.approx(0) == max(
        np.abs(wanted.numpy().astype(float) - got).max()
        for wanted, got in zip(variables, [*member.weights, *member.non_trainable], strict=True)
    )
    x = member.samples.x
    given = member.keras_model().predict(x, batch_size=2, verbose=0)
    np.testing.assert_allclose(given, member.outputs(x), atol=1e-6)
    assert member.keras_accuracy == member.accuracy
    with pytest.raises(AssertionError):  # the test above can fail
        np.testing.assert_allclose(given, trainer.member(experiment.untrained, 1).outputs(x), atol=1e-6)
    assert re.search(why, eligibility_of(experiment).reason)


def test_a_layer_that_decides_is_run_eagerly(trainer) -> None:
    """Python's `if` on the values of tensors: Keras runs it step by step, and so do the probes."""
    experiment = own.mine(own.deciding)
    member = trainer.member(experiment, 0)
    assert eligibility_of(experiment).eagerly
    assert member.losses[-1] < member.losses[0]
    np.testing.assert_allclose(
        member.keras_model().predict(own.X, verbose=0), member.outputs(member.samples.x), atol=1e-6
    )
    assert "asks for values of tensors" in eligibility_of(experiment).reason


def test_losses_are_those_of_the_epochs(trainer) -> None:
    """One call of `fit` may take many epochs; each has the loss that `fit` tells of it alone."""
    experiment = own.mine(own.stateful_dropout, reset=2)
    member = trainer.member(experiment, 1)
    told = []

    class Losses(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            told.append(logs["loss"])

    reference.fit(experiment, 1, [Losses()])
    by_epoch = np.reshape(told, (3, 2)).mean(axis=1)  # two calls of two updates in each epoch

    np.testing.assert_allclose(by_epoch, member.losses, rtol=1e-6)


def test_stored_and_continued(trainer, bits) -> None:
    """A longer training goes on where the shorter one ended, random states included, to the same bits."""
    short, long = own.mine(own.dropout), own.mine(own.dropout, epochs=5)
    trainer.member(short, 2)
    continued = trainer.member(long, 2).ensemble.snapshot
    fresh = Trainer(open_store(trainer.store.folder.parent / "other"), Reporter(None)).member(long, 2).ensemble.snapshot
    again = Trainer(trainer.store, Reporter(None))
    stored = again.member(long, 2).ensemble.snapshot

    assert bits(fresh) == bits(continued) == bits(stored)
    assert [one.tobytes() for one in fresh.non_trainable] == [one.tobytes() for one in stored.non_trainable]
    assert isinstance(stored, PlainSnapshot)
    assert ([], 1, []) == (again.trained, len(again.loaded), again.store.refused)


def test_states_of_a_stateful_one_are_kept(trainer) -> None:
    """Roll-out and going on, as of an ensemble."""
    experiment = own.mine(own.stateful_dropout, x=None, y=None, problem=_letters(), batch_size=1)
    member = trainer.member(experiment, 0)

    assert 5 == len(member.roll_out("A", 5))
    assert (1, 4) == member.states_after("ABC")[0].shape
    assert not np.array_equal(*(member.states_after(text)[0] for text in ("ABC", "BC")))
    assert 0 <= member.accuracy_from_final_state <= 1


def _letters():
    from lstm_lab import Arrays

    return Arrays(own.X, own.Y, symbols="ABCDEFGHI", coding=own.letter)


def test_trained_in_another_process_and_told(trainer) -> None:
    """The process of the plan finds the builder by its name; why and how long is told here, once for all seeds."""
    experiment = own.mine(own.dropout)
    plan = plan_jobs([(experiment, 0), (experiment, 1), (own.mine(own.plainly), 0)])
    worker_processes.run_in_subprocesses(trainer, plan)

    left = [job.experiment.name for job in plan if trainer.missing(job)]
    assert (2, ["plainly"]) == (len(trainer.trained), left)  # the compiled loop has a process of its own
    (line,) = trainer.plain_keras_summary()
    assert line.startswith("dropout, 3 epochs (seed by seed, by plain Keras: a layer that updates seed_generator")
    assert "): 2 trained in " in line
    (note,) = notes(trainer.reporter.folder)
    assert note.startswith(line.partition("): 2")[0])


def test_loaded_is_told_too(trainer) -> None:
    """A report says so whether the seeds were trained now or earlier."""
    trainer.member(own.mine(own.dropout), 0)
    again = Trainer(trainer.store, Reporter(None))
    again.member(own.mine(own.dropout), 0)

    assert [line.partition("): ")[0] + ")" for line in trainer.plain_keras_summary()] == again.plain_keras_summary()
