"""Claims of a reply in comment 6 (Jason Brownlee, 2016-09-16) on batches of one letter."""

import numpy as np

from fixtures.comment_experiments import NAIVE_BATCH_5, NAIVE_BATCH_5_EQUAL_UPDATES
from fixtures.experiments import FULL_BATCH, FULL_BATCH_12500, NAIVE_ONE_CHAR
from lstm_lab import Comment, always, beats, case, claim

COMMENT = Comment(6, "Jason Brownlee", "2016-09-16")

RATE = 0.1
PATTERNS = (0, 12, 24, 0)
TOLERANCE = 1e-6  # float32 sums in another order, on weights of size one


@claim(
    "comment-06/batch-one-is-online-gradient-descent",
    "With batches of one letter and SGD, an update is the learning rate times the gradient of that one letter.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    seeds=2,
    seeds_reason="what an update is does not depend on the weights, and Keras trains step by step",
    control="Adam in place of plain gradient descent",
)
def test_batch_one_is_online_gradient_descent(train, broken, observe):
    """Four updates of Keras's own `train_on_batch`, A, M, Y and A, each held against the gradient before it."""
    import keras

    kind = keras.optimizers.Adam if broken else keras.optimizers.SGD
    distance, moved = _against_gradient_descent(train(NAIVE_ONE_CHAR.untrained), kind(RATE))
    observe(distance < TOLERANCE, distance=distance, least_update=moved)


@claim(
    "comment-06/batch-one-is-online-gradient-descent-adam",
    "With batches of one letter and Adam, the article's optimizer, too, an update is the learning rate times the "
    "gradient of that one letter.",
    source=COMMENT,
    criterion=always(),
    expect="refuted",
    seeds=2,
    seeds_reason="what an update is does not depend on the weights, and Keras trains step by step",
)
def test_batch_one_is_online_gradient_descent_adam(train, observe):
    """The same four updates; the second reading. Adam divides by running moments, so the first update moves a weight
    by about the learning rate whatever the size of its gradient, and later ones also follow earlier letters."""
    import keras

    distance, moved = _against_gradient_descent(train(NAIVE_ONE_CHAR.untrained), keras.optimizers.Adam(RATE))
    observe(distance < TOLERANCE, distance=distance, least_update=moved)


@claim(
    "comment-06/small-batch-is-a-downside",
    "Batches of one letter are a downside: with {letters} letters in a batch the first model becomes more "
    "accurate, {budget}.",
    source=COMMENT,
    criterion=beats(),
    cases=[
        case(
            letters="all 25",
            budget="epoch for epoch",
            model=FULL_BATCH,
            expect="refuted",
            note="500 epochs each: 500 updates against 12,500.",
        ),
        case(
            "equal-updates",
            letters="all 25",
            budget="update for update",
            model=FULL_BATCH_12500,
            expect="supported",
            note="12,500 updates each: 12,500 epochs against 500, so each letter is seen 25 times as often.",
        ),
        case(
            "five-letters",
            letters="five",
            budget="epoch for epoch",
            model=NAIVE_BATCH_5,
            expect="refuted",
            note="500 epochs each: 2500 updates against 12,500.",
        ),
        case(
            "five-letters-equal-updates",
            letters="five",
            budget="update for update",
            model=NAIVE_BATCH_5_EQUAL_UPDATES,
            expect="supported",
            note="12,500 updates each: 2500 epochs against 500, so each letter is seen five times as often.",
        ),
    ],
)
def test_small_batch_is_a_downside(model, naive_one_char, observe):
    observe(model.accuracy, against=naive_one_char.accuracy)


def _against_gradient_descent(member, optimizer):
    """The largest distance of an update from the rate times its letter's gradient, and the least size of an update."""
    import keras
    import tensorflow as tf

    model, (x, y) = member.keras_model(), member.samples[:2]
    model.compile(optimizer, "categorical_crossentropy", run_eagerly=True)
    distances, sizes = [], []
    for pattern in PATTERNS:
        one = slice(pattern, pattern + 1)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(y[one], model(x[one], training=True)))
        gradients = [np.asarray(part) for part in tape.gradient(loss, model.trainable_variables)]
        before = [variable.numpy() for variable in model.trainable_variables]
        model.train_on_batch(x[one], y[one])
        updates = [v.numpy() - old for v, old in zip(model.trainable_variables, before, strict=True)]
        distances += [np.abs(up + RATE * part).max() for up, part in zip(updates, gradients, strict=True)]
        sizes.append(max(np.abs(update).max() for update in updates))
    assert min(sizes) > 1e-3, "nothing was trained"
    return float(max(distances)), float(min(sizes))
