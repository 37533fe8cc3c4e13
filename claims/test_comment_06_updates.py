"""Claims of the author's replies in comment 6 (2016): when weights are updated, and what small batches mean."""

import numpy as np

from fixtures.article import COMMENT_6_REPLY_1, COMMENT_6_REPLY_3
from fixtures.comment_experiments import NAIVE_BATCH_5, NAIVE_BATCH_5_EQUAL_UPDATES
from fixtures.experiments import NAIVE_ONE_CHAR, STATEFUL_ONE_CHAR, WITHIN_BATCH
from lstm_lab import always, beats, claim

RATE = 0.1
PATTERNS = (0, 12, 24, 0)
TOLERANCE = 1e-6  # float32 sums in another order, on weights of size one


@claim(
    "comment-06/updates-after-each-batch",
    "The weights are updated after each batch, also where the batches are the single time steps of a sequence.",
    source=[COMMENT_6_REPLY_1.at(2, 1), COMMENT_6_REPLY_3.at(1)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="gradients accumulated over five batches",
    seeds=2,
    seeds_reason="when weights move does not depend on them, and Keras trains step by step",
    revised="2026-11: measure; was SUPPORTED",
)
def test_updates_after_each_batch(train, broken, observe):
    """An epoch of Keras's own `fit` on 25 letters: in batches of five, stateless and stateful, and stateful one letter
    at a time. As many updates as batches are counted; the weights move within each batch and not between two."""
    import keras

    counts, moves, stays = [], [], []
    for experiment, rows in ((WITHIN_BATCH, 5), (STATEFUL_ONE_CHAR, 5), (STATEFUL_ONE_CHAR, 1)):
        member = train(experiment.untrained)
        model = member.keras_model(batch_size=rows)
        optimizer = keras.optimizers.Adam(gradient_accumulation_steps=5 if broken else None)
        model.compile(optimizer, "categorical_crossentropy", run_eagerly=True)
        begins, ends = [], []
        record = keras.callbacks.LambdaCallback()
        record.on_train_batch_begin = lambda batch, logs=None, m=model, to=begins: to.append(m.get_weights())
        record.on_train_batch_end = lambda batch, logs=None, m=model, to=ends: to.append(m.get_weights())
        model.fit(*member.samples[:2], batch_size=rows, epochs=1, shuffle=False, verbose=0, callbacks=[record])
        counts.append(int(model.optimizer.iterations))
        moves += [_distance(*pair) for pair in zip(begins, ends, strict=True)]
        stays += [_distance(*pair) for pair in zip(ends[:-1], begins[1:], strict=True)]
    observe(
        counts == [5, 5, 25] and len(moves) == 35 and min(moves) > 0 and max(stays) == 0,
        updates_stateless=counts[0],
        updates_stateful=counts[1],
        updates_stateful_by_single_steps=counts[2],
        least_move_within_a_batch=min(moves),
        largest_move_between_batches=max(stays),
    )


@claim(
    "comment-06/batch-one-is-online-gradient-descent",
    "With batches of one letter and plain gradient descent, an update is the learning rate times the gradient of that "
    "one letter.",
    source=COMMENT_6_REPLY_1.at(2, 3),
    stance="stated",
    criterion=always(),
    expect="supported",
    seeds=2,
    seeds_reason="what an update is does not depend on the weights, and Keras trains step by step",
    control="Adam in place of plain gradient descent",
)
def test_batch_one_is_online_gradient_descent(train, broken, observe):
    """Four updates of Keras's own `train_on_batch`, A, M, Y and A, each held against the gradient before it.

    In essence, the reply says. The article's own optimizer is Adam, the control here: its updates also follow earlier
    letters, and their size is about the learning rate whatever that of the gradient.
    """
    import keras
    import tensorflow as tf

    member = train(NAIVE_ONE_CHAR.untrained)
    kind = keras.optimizers.Adam if broken else keras.optimizers.SGD
    model, (x, y) = member.keras_model(), member.samples[:2]
    model.compile(kind(RATE), "categorical_crossentropy", run_eagerly=True)
    distances, sizes = [], []
    for pattern in PATTERNS:
        one = slice(pattern, pattern + 1)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(y[one], model(x[one], training=True)))
        gradients = [np.asarray(part) for part in tape.gradient(loss, model.trainable_variables)]
        before = model.get_weights()
        model.train_on_batch(x[one], y[one])
        updates = [new - old for new, old in zip(model.get_weights(), before, strict=True)]
        distances += [np.abs(up + RATE * part).max() for up, part in zip(updates, gradients, strict=True)]
        sizes.append(max(np.abs(update).max() for update in updates))
    assert min(sizes) > 1e-3, "nothing was trained"
    observe(max(distances) < TOLERANCE, distance=float(max(distances)), least_update=float(min(sizes)))


@claim(
    "comment-06/small-batch-can-be-a-downside",
    "A batch of one letter can be a downside: with five letters in a batch, as many updates and so five times as many "
    "epochs, the first model becomes more accurate.",
    source=COMMENT_6_REPLY_1.at(2, 2),
    stance="probe",
    criterion=beats(by=0.02),
    sides=("five letters in a batch", "one letter in a batch"),
    measure="accuracy on the 25 pairs",
    expect="supported",
    control="as many epochs instead of as many updates",
    revised="2026-11: statement, criterion, stance; was SUPPORTED",
)
def test_small_batch_can_be_a_downside(train, naive_one_char, broken, observe):
    """It can be, so one case is enough. 12,500 updates each: 2500 epochs against 500, so each letter is seen five times
    as often. In as many epochs the bigger batch makes a fifth of the updates, and is the worse one.

    The reply says what can be, of a stateful model; that updates are counted is ours, as in
    `within-batch/bigger-batch-learns-better-update-for-update`. The comment asks about a stateful model that is given
    one time step at a time; what that costs it is `comment-06/truncation-is-a-drawback`.
    """
    five = train(NAIVE_BATCH_5 if broken else NAIVE_BATCH_5_EQUAL_UPDATES)
    observe(five.accuracy, against=naive_one_char.accuracy)


def _distance(weights, others):
    return max(float(np.abs(one - other).max()) for one, other in zip(weights, others, strict=True))
