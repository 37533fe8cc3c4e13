"""Claims of comment 6 (Alex, 2016-09-15): a stateful LSTM learns from the whole sequence, fed one step per batch.

The opposite, that only the one step counts, is tested in `test_comment_06_backpropagation.py`.
"""

import numpy as np
import pytest

from lstm_lab import Comment, always, claim

QUESTION = Comment(6, "Alex", "2016-09-15")
SECOND_QUESTION = Comment(6, "Alex", "2016-09-17")

STEPS = 5
ROUNDING = 1e-9  # in float64, of which a thousand operations leave far less


@pytest.fixture(scope="session")
def sequence(seed):
    """Five letters fed one by one to a stateful model and at once to one with its weights: answers and gradients."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    letters = [tf.constant([[[step / 26]]], tf.float64) for step in range(STEPS)]
    targets = tf.one_hot([range(1, STEPS + 1)], 26, dtype=tf.float64)
    stepwise = _model(1, dtype="float64", stateful=True)
    at_once = _model(STEPS, dtype="float64", unroll=True, return_sequences=True)
    at_once.set_weights(stepwise.get_weights())
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(letters)
        answers = tf.stack([stepwise(letter, training=True) for letter in letters], axis=1)
        losses = keras.losses.categorical_crossentropy(targets, answers)
        whole_answers = at_once(tf.concat(letters, axis=1), training=True)
        whole_losses = keras.losses.categorical_crossentropy(targets, whole_answers)
        last, whole_last = losses[0, -1], whole_losses[0, -1]
        total, whole_total = tf.reduce_sum(losses), tf.reduce_sum(whole_losses)

    def by_weights(loss, model):
        return np.concatenate([np.ravel(part) for part in tape.gradient(loss, model.trainable_variables)])

    return {
        "answers differ by": float(np.abs(answers - whole_answers).max()),
        "to the first letter": _size(tape.gradient(last, letters[0])),
        "to the first letter at once": _size(tape.gradient(whole_last, letters[0])),
        "of the last loss": (by_weights(last, stepwise), by_weights(whole_last, at_once)),
        "of all losses": (by_weights(total, stepwise), by_weights(whole_total, at_once)),
    }


@claim(
    "comment-06/accumulates-for-the-entire-sequence",
    "Fed one time step per batch, a stateful LSTM accumulates its updates over the whole sequence.",
    source=QUESTION,
    criterion=always(),
    expect="refuted",
    contradicts=["comment-06/only-this-one-time-step"],
    seeds=2,
    seeds_reason="when weights move does not depend on them, and Keras trains step by step",
)
def test_accumulates_for_the_entire_sequence(seed, sequence, observe):
    """Either would do: one update for five steps, or a gradient of the last step's loss that reaches the first."""
    import keras

    keras.utils.set_random_seed(seed)
    model = _model(1, stateful=True)
    model.compile("adam", "categorical_crossentropy", run_eagerly=True)
    for step in range(STEPS):
        model.train_on_batch(np.full((1, 1, 1), step / 26, np.float32), np.eye(26)[step + 1][None])
    updates = int(model.optimizer.iterations)
    assert sequence["to the first letter at once"] > 0, "back-propagation through time reaches the first letter"
    observe(
        updates == 1 or sequence["to the first letter"] > 0,
        updates_for_five_steps=updates,
        reaches_the_first_letter=sequence["to the first letter"],
        reaches_it_in_one_call=sequence["to the first letter at once"],
    )


@claim(
    "comment-06/backprop-goes-through-the-whole-sequence",
    "Fed one time step after the other, a stateful LSTM is back-propagated through the whole sequence, as if that were "
    "given at once.",
    source=SECOND_QUESTION,
    criterion=always(),
    expect="refuted",
    contradicts=["comment-06/only-this-one-time-step"],
)
def test_backprop_goes_through_the_whole_sequence(sequence, observe):
    """The answers agree within 1e-9; the gradients by all weights would have to agree within 1e-9 of their size too, of
    the last letter's loss or of the sum of all losses. Computed in float64, whose rounding is far below that."""
    assert sequence["answers differ by"] < ROUNDING, "the two models do not compute the same answers"
    apart = {name: _apart(*sequence[name]) for name in ("of the last loss", "of all losses")}
    observe(
        min(apart.values()) <= ROUNDING,
        gradients_of_the_last_loss_apart=apart["of the last loss"],
        gradients_of_all_losses_apart=apart["of all losses"],
    )


def _model(steps, dtype="float32", **settings):
    import keras

    layers = [keras.layers.LSTM(16, dtype=dtype, **settings), keras.layers.Dense(26, "softmax", dtype=dtype)]
    return keras.Sequential([keras.Input(batch_shape=(1, steps, 1), dtype=dtype), *layers])


def _size(gradient):
    return 0.0 if gradient is None else float(np.abs(gradient).max())


def _apart(one, other):
    return float(np.abs(one - other).max() / np.abs(other).max())
