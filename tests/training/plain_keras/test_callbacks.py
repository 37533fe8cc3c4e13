"""Callbacks and validation data: as in one call of plain `fit`, ended early and with the best weights restored."""

import keras
import numpy as np
import own_builders as own
import pytest

from lstm_lab.training.errors import ExperimentError, NetworkError
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.jobs import seed_block

EPOCHS = 12
VALIDATION = own.X[:4] + 0.05, own.Y[:4]


def stopping():
    """Ends the training soon, since the loss on few samples rises."""
    return [keras.callbacks.EarlyStopping("val_loss", patience=1, restore_best_weights=True, min_delta=5e-3)]


def slower_and_slower():
    """A learning rate by the epoch."""
    return [keras.callbacks.LearningRateScheduler(lambda epoch: 0.1 / (1 + epoch))]


def no_callbacks():
    """One callback instead of a list."""
    return keras.callbacks.EarlyStopping()


def by_hand(build, seed, callbacks, validation=None, **rows):
    """One call of `fit`, in the order of the samples."""
    keras.utils.set_random_seed(seed)
    model = build(**rows)
    model.compile(loss="categorical_crossentropy", optimizer="SGD")
    history = model.fit(
        own.X, own.Y, batch_size=2, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=callbacks,
        validation_data=validation,
    )  # fmt: skip
    return model, history.history["loss"]


@pytest.mark.parametrize(
    ("callbacks", "validation"), [(stopping, VALIDATION), (slower_and_slower, None)], ids=["stopping", "rate"]
)
def test_as_one_call_of_fit(callbacks, validation, trainer) -> None:
    """Weights and losses; what comes after the end has the last loss; a stored one is loaded."""
    experiment = own.mine(
        own.plainly, EPOCHS, optimizer="SGD", shuffle="never", callbacks=callbacks, validation=validation
    )
    member = trainer.member(experiment, 3)
    model, losses = by_hand(own.plainly, 3, callbacks(), validation)
    again = Trainer(trainer.store, Reporter())

    assert (len(losses) < EPOCHS) == (callbacks is stopping)
    np.testing.assert_allclose([*losses, *[losses[-1]] * (EPOCHS - len(losses))], member.losses, rtol=1e-6)
    for wanted, got in zip(model.trainable_variables, member.weights, strict=True):
        np.testing.assert_allclose(wanted.numpy(), got, atol=1e-7)
    assert again.member(experiment, 3).same_weights(member)
    assert "callbacks look on while it is trained" == eligibility_of(experiment).reason


def test_states_are_reset_as_the_regime_says(trainer) -> None:
    """Before every second batch, with a callback looking on or not."""
    changes = {"optimizer": "SGD", "shuffle": "never", "reset": 2}
    looked_on = trainer.member(own.mine(own.stateful, callbacks=slower_and_slower, **changes), 1)
    never_reset = trainer.member(
        own.mine(own.stateful, callbacks=slower_and_slower, **{**changes, "reset": "never"}), 1
    )

    assert not looked_on.same_weights(never_reset)
    assert looked_on.losses[-1] < looked_on.losses[0]


def test_checkpoints_hold_what_was_trained_until_then(trainer) -> None:
    """Asked for alone or as an earlier stop of a longer training."""
    changes = {"optimizer": "SGD", "shuffle": "never", "callbacks": slower_and_slower}
    longer = own.mine(own.plainly, 4, **changes, checkpoints=(2,))
    trainer.member(longer, 1)
    stored, alone = (
        trainer.member(longer.but(epochs=2), 1),
        Trainer(open_store(trainer.store.folder.parent / "b"), Reporter()),
    )

    assert 1 == len(trainer.loaded)
    assert stored.same_weights(alone.member(longer.but(epochs=2), 1))


def test_what_cannot_look_on_is_one_line(trainer) -> None:
    """What, got, wanted."""
    with pytest.raises(NetworkError, match="validation: got data that nothing looks at"):
        own.mine(own.plainly, validation=VALIDATION)
    with pytest.raises(ValueError, match=r"callbacks no_callbacks: got <.*>, wanted a list of new"):
        trainer.member(own.mine(own.plainly, callbacks=no_callbacks), 0)
    with pytest.raises(ExperimentError, match="callbacks"):
        own.mine(own.plainly, callbacks=[keras.callbacks.EarlyStopping()])
    assert (0,) == seed_block(own.mine(own.plainly, callbacks=slower_and_slower), 0)


class Counting(keras.callbacks.Callback):
    """Ends the training after half of the epochs that it is told of, if it sees an accuracy."""

    def on_epoch_end(self, epoch, logs=None):
        """Look at what Keras tells."""
        self.model.stop_training = "val_accuracy" in logs and epoch + 1 >= self.params["epochs"] // 2


def counting():
    """A callback that wants the number of epochs and an accuracy."""
    return [Counting()]


def test_callbacks_are_told_of_epochs_and_accuracy(trainer) -> None:
    """As by a `fit` that was asked for the accuracy: the losses after the end are the last one."""
    member = trainer.member(own.mine(own.plainly, 8, callbacks=counting, validation=VALIDATION), 0)

    assert member.losses[2] != member.losses[3]
    assert 1 == len(set(member.losses[3:]))
