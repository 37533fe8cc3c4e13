"""Claim of comment 15 (Louis Abraham, 2016-12-19): that the section "LSTM State Within A Batch" is mistaken."""

import numpy as np

from lstm_lab import Comment, always, claim

COMMENT = Comment(15, "Louis Abraham", "2016-12-19")

TOLERANCE = 1e-6
MARGIN = 0.02  # half a letter's worth of accuracy, and of a loss that begins at 3.26


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
def test_article_is_mistaken(
    seed, within_batch, within_batch_shuffled, within_batch_200, within_batch_shuffled_200, broken, observe
):
    """Both parts, measured here: in the trained model no row changes another row's answer (within 1e-6, in float64)
    or has a gradient on it (exactly zero); and the model trained on ordered rows is not ahead of the one whose rows
    were shuffled in each epoch, by more than 0.02 (half a letter) of accuracy or of loss. Both are compared after 5000
    epochs, when either may have learned everything, and after 200, when there is much to learn yet.

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
    pairs = (within_batch, within_batch_shuffled), (within_batch_200, within_batch_shuffled_200)
    gain = max(ordered.accuracy - shuffled.accuracy for ordered, shuffled in pairs)
    gain_in_loss = max(float(shuffled.losses[-1] - ordered.losses[-1]) for ordered, shuffled in pairs)
    observe(
        value <= TOLERANCE and gradient == 0.0 and max(gain, gain_in_loss) <= MARGIN,
        value_across_rows=value,
        gradient_across_rows=gradient,
        ordered=within_batch.accuracy,
        shuffled=within_batch_shuffled.accuracy,
        ordered_200_epochs=within_batch_200.accuracy,
        shuffled_200_epochs=within_batch_shuffled_200.accuracy,
        loss_200_epochs=float(within_batch_200.losses[-1]),
        largest_gain_in_loss=gain_in_loss,
    )


def _as_one_sequence(member):
    """A Keras model with the weights of `member` that takes the rows of a batch for the time steps of one sequence."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((1, 1)),
            keras.layers.Lambda(lambda rows: keras.ops.reshape(rows, (1, -1, 1)), output_shape=(None, 1)),
            member.keras_layer("LSTM", 16, return_sequences=True),
            keras.layers.Dense(26, activation="softmax"),
            keras.layers.Lambda(lambda answers: answers[0], output_shape=(26,)),
        ]
    )
    model.set_weights(member.weights)
    return model
