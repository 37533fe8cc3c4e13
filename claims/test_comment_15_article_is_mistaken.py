"""Claim of comment 15 (Louis Abraham, 2016-12-19): that the section "LSTM State Within A Batch" is mistaken."""

import numpy as np

from lstm_lab import Comment, always, claim

COMMENT = Comment(15, "Louis Abraham", "2016-12-19")

TOLERANCE = 1e-6
MARGIN = 0.02  # half a letter's worth of accuracy


@claim(
    "comment-15/article-is-mistaken",
    "The article is mistaken about the state within a batch: no row gives context to another, and the order of the "
    "rows is not what the letters are learned by.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    contradicts=["within-batch/batch-gives-context"],
    control="the rows as time steps of one sequence instead",
)
def test_article_is_mistaken(seed, within_batch, within_batch_shuffled, broken, observe):
    """Both parts, measured here: in the trained model no row changes another row's answer (within 1e-6, in float64)
    or has a gradient on it (exactly zero); and the model trained on ordered rows is not more accurate, by more than
    half a letter, than the one whose rows were shuffled in each epoch.

    How many of all seeds the order helps in is judged by `within-batch/learns-by-the-batch-sequence`.
    """
    import tensorflow as tf

    x = within_batch.samples.x
    model = _as_one_sequence(within_batch) if broken else within_batch.keras_model(dtype="float64")
    together = np.asarray(model(x))
    alone = np.concatenate([np.asarray(model(row[None])) for row in x])
    direction = np.random.default_rng(seed).normal(size=26)  # of the 26 probabilities, whose plain sum is always 1
    with tf.GradientTape(persistent=True) as tape:
        inputs = tf.constant(x, tf.float64)
        tape.watch(inputs)
        answers = tf.linalg.matvec(tf.cast(model(inputs), tf.float64), direction)
    jacobian = np.abs(tape.jacobian(answers, inputs, experimental_use_pfor=False).numpy().reshape(len(x), len(x)))
    own = np.eye(len(x), dtype=bool)
    assert jacobian[own].max() > 0, "no row depends even on itself"
    value, gradient = float(np.abs(together - alone).max()), float(jacobian[~own].max())
    gain = within_batch.accuracy - within_batch_shuffled.accuracy
    observe(
        value <= TOLERANCE and gradient == 0.0 and gain <= MARGIN,
        value_across_rows=value,
        gradient_across_rows=gradient,
        ordered=within_batch.accuracy,
        shuffled=within_batch_shuffled.accuracy,
    )


def _as_one_sequence(member):
    """A Keras model with the weights of `member` that takes the rows of a batch for the time steps of one sequence."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((1, 1)),
            keras.layers.Lambda(lambda rows: keras.ops.reshape(rows, (1, -1, 1)), output_shape=(None, 1)),
            keras.layers.LSTM(16, return_sequences=True),
            keras.layers.Dense(26, activation="softmax"),
            keras.layers.Lambda(lambda answers: answers[0], output_shape=(26,)),
        ]
    )
    model.set_weights(member.weights)
    return model
