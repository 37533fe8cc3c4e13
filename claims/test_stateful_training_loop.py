"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": epochs, their order and their end."""

import numpy as np
import pytest

from fixtures.article import STATEFUL
from fixtures.experiments import (
    STATEFUL_ONE_CHAR,
    STATEFUL_ONE_CHAR_50,
    STATEFUL_SHUFFLED,
    STATEFUL_SHUFFLED_50,
    WITHIN_BATCH,
)
from lstm_lab import ALPHABET, always, beats, case, claim

EPOCHS = 3


@claim(
    "stateful/epoch-end-is-sequence-end",
    "Without shuffling, the end of an epoch is the end of the alphabet: its 25th and last update is of Y to Z.",
    source=STATEFUL,
    criterion=always(),
    asks=["fit_epoch_to_epoch"],
    expect="supported",
    seeds=1,
    seeds_reason="each seed has Keras trace a training",
    control="shuffle=True instead of shuffle=False",
)
def test_epoch_end_is_sequence_end(train, broken, observe):
    """Three epochs of Keras's own `fit`. A layer that keeps the letter it is given and a metric that keeps the target
    tell the last pattern of an epoch, the optimizer the number of updates."""
    import keras

    samples = train(STATEFUL_ONE_CHAR.untrained).samples

    class Tap(keras.layers.Layer):
        def build(self, shape):
            self.seen = self.add_weight(shape=(1, 1, 1), initializer="zeros", trainable=False)

        def call(self, letter):
            self.seen.assign(letter)
            return letter

    class Target(keras.metrics.Metric):
        def __init__(self):
            super().__init__()
            self.seen = self.add_weight(shape=(1, 26), initializer="zeros")

        def update_state(self, wanted, answer, sample_weight=None):
            self.seen.assign(wanted)

        def result(self):
            return keras.ops.argmax(self.seen)

        def reset_state(self):
            pass  # the last target of an epoch is looked at when the epoch is over

    tap, target = Tap(), Target()
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(1, 1, 1)),
            tap,
            keras.layers.LSTM(16, stateful=True),
            keras.layers.Dense(26, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy", metrics=[target], jit_compile=False)
    ends = []

    class AtTheEnd(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            letter = ALPHABET[round(float(np.asarray(tap.seen).item()) * 26)]
            ends.append((letter + ALPHABET[int(np.asarray(target.seen).argmax())], int(model.optimizer.iterations)))

    model.fit(samples.x, samples.y, batch_size=1, epochs=3, shuffle=broken, verbose=0, callbacks=[AtTheEnd()])
    shown = {f"end_of_epoch_{epoch}": pair for epoch, (pair, _) in enumerate(ends, start=1)}
    observe(ends == [("YZ", 25), ("YZ", 50), ("YZ", 75)], **shown)


@claim(
    "stateful/manual-epoch-loop-is-needed",
    "A loop of single epochs with a reset after each is needed: one call of `fit` that resets in a callback trains "
    "another model.",
    source=STATEFUL,
    criterion=always(),
    asks=["fit_epoch_to_epoch", "reset_in_epoch_callback"],
    expect="refuted",
    seeds=1,
    seeds_reason="each seed has Keras trace two trainings",
)
def test_manual_epoch_loop_is_needed(train, observe):
    """Three epochs of each, from the same weights and with an optimizer of its own; another model is one with a weight
    that differs by more than 1e-6, which leaves room for some roundings of float32 in weights up to 1. A reset in
    `on_epoch_end` comes between the same two updates as one in a loop."""
    import keras

    member = train(STATEFUL_ONE_CHAR.untrained)
    x, y = member.samples[:2]
    looped, called = member.keras_model(to_fit=True), member.keras_model(to_fit=True)
    for _ in range(EPOCHS):
        looped.fit(x, y, batch_size=1, epochs=1, shuffle=False, verbose=0)
        looped.layers[0].reset_state()

    reset = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: called.layers[0].reset_state())
    called.fit(x, y, batch_size=1, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[reset])
    pairs = list(zip(looped.get_weights(), called.get_weights(), strict=True))
    moved = [np.abs(one - first).max() for (one, _), first in zip(pairs, member.weights, strict=True)]
    assert max(moved) > 1e-3, "nothing was trained"
    distance = max(float(np.abs(one - other).max()) for one, other in pairs)
    observe(distance > 1e-6, distance=distance)


@claim(
    "stateful/no-shuffle-matters",
    "That the letters are not shuffled in training matters to the {units}-unit model.",
    source=STATEFUL,
    criterion=beats(),
    expect="supported",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, baseline=STATEFUL_SHUFFLED),
        case("50-units", units=50, model=STATEFUL_ONE_CHAR_50, baseline=STATEFUL_SHUFFLED_50),
    ],
)
def test_no_shuffle_matters(model, baseline, observe):
    """Accuracy in alphabetical order from a reset; the other model was given a new order in each epoch."""
    observe(model.accuracy, against=baseline.accuracy)


@claim(
    "stateful/batch-offers-sequence-in-training",
    "In training, a batch of 25 letters offers the network their sequence: rows take part in the loss of other rows.",
    source=STATEFUL,
    criterion=always(),
    expect="refuted",
    seeds=2,
    seeds_reason="25 gradients for each seed",
    contradicts=["comment-04/no-state-reuse-within-batch"],
)
def test_batch_offers_sequence_in_training(train, observe):
    """Gradients of each row's loss with regard to each row's letter, the model called as in training; any gradient
    across rows would do."""
    import keras
    import tensorflow as tf

    member = train(WITHIN_BATCH.untrained)
    model, samples = member.keras_model(), member.samples
    with tf.GradientTape(persistent=True) as tape:
        x = tf.constant(samples.x)
        tape.watch(x)
        losses = keras.losses.categorical_crossentropy(samples.y, model(x, training=True))
    rows = len(samples.x)
    jacobian = np.abs(tape.jacobian(losses, x, experimental_use_pfor=False).numpy()).reshape(rows, rows)
    own = np.eye(rows, dtype=bool)
    if not jacobian[own].min() > 0:
        pytest.fail("some row's loss does not depend even on itself")
    observe(jacobian[~own].max() > 0, across_rows=jacobian[~own].max(), own_row=jacobian[own].max())
