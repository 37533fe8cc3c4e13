"""The question of comment 6 (Alex, 2016-09) how far back a stateful LSTM learns when it is fed one step per batch."""

import numpy as np

from fixtures.article import COMMENT_6, COMMENT_6_REPLY_2
from lstm_lab import always, claim

STEPS = 5
ROUNDING = 1e-9  # in float64, of which a thousand operations leave far less


@claim(
    "comment-06/only-this-one-time-step",
    "Fed one time step per batch, a stateful LSTM learns from that step alone: no gradient reaches further back.",
    source=[COMMENT_6.at(2, 1), COMMENT_6.at(2, 2), COMMENT_6.at(2, 3), COMMENT_6_REPLY_2.at(3, 2)],
    stance="question",
    criterion=always(),
    asks=["gradient_crosses_batch"],
    expect="supported",
    control="the five steps in one call instead of five",
    revised="2026-11: measure; was SUPPORTED",
)
def test_only_this_one_time_step(seed, broken, observe):
    """Five steps, one call each, under one gradient tape; then the same weights on the five steps in one call, whose
    gradients reach every input.

    The answers of both agree (the state is carried forward), the gradients do not (it is not differentiated through):
    none to the inputs before the last, and another gradient of the recurrent kernel. Computed in float64, whose
    rounding is far below 1e-9; what agrees, agrees within that, and what differs, differs by more.

    So nothing is accumulated over the sequence, and it is not trained as if given at once. Nor are updates put off:
    there is one for each step (`comment-06/updates-after-each-batch`).
    """
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    letters = [tf.constant([[[step / 26]]], tf.float64) for step in range(STEPS)]
    target = tf.one_hot([STEPS], 26, dtype=tf.float64)
    stepwise, at_once = _model(1, stateful=True), _model(STEPS, unroll=True)
    at_once.set_weights(stepwise.get_weights())

    with tf.GradientTape(persistent=True) as tape:
        tape.watch(letters)
        for letter in letters:
            answer = stepwise(letter, training=True)
        loss = keras.losses.categorical_crossentropy(target, answer)
        whole_answer = at_once(tf.concat(letters, axis=1), training=True)
        whole_loss = keras.losses.categorical_crossentropy(target, whole_answer)
    learned_from, model = (whole_loss, at_once) if broken else (loss, stepwise)
    to_inputs = [_size(part) for part in tape.gradient(learned_from, letters)]
    through_all = [_size(part) for part in tape.gradient(whole_loss, letters)]
    recurrent = tape.gradient(learned_from, model.trainable_variables[1])
    whole_recurrent = tape.gradient(whole_loss, at_once.trainable_variables[1])

    distance = float(np.abs(answer - whole_answer).max())
    difference = float(np.abs(recurrent - whole_recurrent).max())
    from_last_alone = max(to_inputs[:-1]) == 0 and to_inputs[-1] > 0
    observe(
        distance < ROUNDING and min(through_all) > 0 and from_last_alone and difference > ROUNDING,
        answers_differ_by=distance,
        reaches_last_input=to_inputs[-1],
        reaches_earlier_inputs=max(to_inputs[:-1]),
        reaches_first_input_in_one_call=through_all[0],
        recurrent_kernel_gradients_differ_by=difference,
    )


def _model(steps, **settings):
    import keras

    layers = [
        keras.layers.LSTM(16, dtype="float64", **settings),
        keras.layers.Dense(26, "softmax", dtype="float64"),
    ]
    return keras.Sequential([keras.Input(batch_shape=(1, steps, 1), dtype="float64"), *layers])


def _size(gradient):
    return 0.0 if gradient is None else float(np.abs(gradient).max())
