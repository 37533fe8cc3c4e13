"""Claims on whether the order within the batch is what is learned by: of the section, and of comment 4 against it.

How well a model has learned is told by the probability that it gives to the right letter (the geometric mean over the
25). Accuracies cannot tell it: after 5000 epochs both models have all letters right.
"""

import numpy as np

from fixtures.article import BATCH, COMMENT_4
from fixtures.experiments import WITHIN_BATCH
from fixtures.rows_as_steps import rows_as_steps
from lstm_lab import always, beats, claim, equivalent

AS_STEPS = "the rows as time steps of one sequence, 500 epochs"


@claim(
    "within-batch/learns-by-the-batch-sequence",
    "The model learns by the sequence within the batch: with the rows shuffled anew in each epoch, it learns less.",
    source=[BATCH.at(8), BATCH.at(5, 1)],
    stance="stated",
    criterion=beats(by=0.02),
    sides=("rows in order", "shuffled rows"),
    measure="probability of the right letters, their geometric mean",
    expect="refuted",
    contradicts=["comment-04/shuffle-true-same-performance"],
    holds_with=AS_STEPS,
    revised="2026-11: measure, criterion; was REFUTED",
)
def test_learns_by_the_batch_sequence(train, within_batch, within_batch_shuffled, planted, observe):
    """The section's model against the same with shuffling left on, from the same initial weights.

    Its author would answer that the model learned all letters from the ordered batch. That does not save it, because it
    learns just as much from a shuffled one, which has no sequence.
    """
    ordered, shuffled = _both(train, planted) or (within_batch, within_batch_shuffled)
    observe(
        _right(ordered),
        against=_right(shuffled),
        accuracy_in_order=ordered.accuracy,
        accuracy_shuffled=shuffled.accuracy,
    )


@claim(
    "comment-04/shuffle-true-same-performance",
    "Shuffled or not, the full batch is learned equally well.",
    source=COMMENT_4.at(3, 1),
    stance="stated",
    criterion=equivalent(within=0.02),
    sides=("shuffled rows", "rows in order"),
    measure="probability of the right letters, their geometric mean",
    expect="supported",
    contradicts=["within-batch/learns-by-the-batch-sequence"],
    control=AS_STEPS,
    revised="2026-11: measure; was SUPPORTED",
)
def test_shuffle_true_same_performance(train, within_batch_shuffled, within_batch, broken, observe):
    """The same two models. Two hundredths of probability are the margin; both accuracies are shown."""
    ordered, shuffled = _both(train, broken) or (within_batch, within_batch_shuffled)
    observe(
        _right(shuffled),
        against=_right(ordered),
        accuracy_shuffled=shuffled.accuracy,
        accuracy_in_order=ordered.accuracy,
    )


@claim(
    "within-batch/gradient-ignores-the-order-of-rows",
    "In any order the full batch has the same loss and the same gradient, those of its 25 rows alone, averaged.",
    source=[BATCH.at(8), COMMENT_4.at(3, 1)],
    stance="probe",
    criterion=always(),
    expect="supported",
    seeds=3,
    seeds_reason="a property of the mean, whatever the weights; each seed costs 27 gradients",
    control="the rows as time steps of one sequence",
    revised="2026-11: statement, measure, seeds; its opposite was REFUTED",
)
def test_gradient_ignores_the_order_of_rows(train, seed, broken, observe):
    """Why shuffling makes no difference. The limit is 1e-6 of the size; float64 leaves the order of summation 1e-15."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    lstm = keras.layers.LSTM(16, dtype="float64", return_sequences=broken)
    dense = keras.layers.Dense(26, activation="softmax", dtype="float64")
    samples = train(WITHIN_BATCH.untrained).samples
    x, y = samples.x.astype("float64"), samples.y.astype("float64")

    def loss_and_gradient(rows):
        given = x[rows].reshape(1, -1, 1) if broken else x[rows]
        with tf.GradientTape() as tape:
            answers = tf.reshape(dense(lstm(given, training=True)), (len(rows), 26))
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(y[rows], answers))
        gradient = tape.gradient(loss, [*lstm.trainable_variables, *dense.trainable_variables])
        return np.ravel(loss), np.concatenate([np.ravel(part) for part in gradient])

    in_order = loss_and_gradient(np.arange(25))
    permuted = loss_and_gradient(np.random.default_rng(seed).permutation(25))
    singles = zip(*(loss_and_gradient(np.array([row])) for row in range(25)), strict=True)
    single = [np.mean(parts, axis=0) for parts in singles]
    loss, gradient = (
        float(max(np.abs(one - whole).max() for one in others) / np.abs(whole).max())
        for whole, *others in zip(in_order, permuted, single, strict=True)
    )
    observe(max(loss, gradient) <= 1e-6, relative_difference_of_loss=loss, relative_difference_of_gradient=gradient)


def _both(train, as_steps):
    """Two models that do learn by the sequence, in order and shuffled, where they are asked for."""
    x, y = WITHIN_BATCH.problem.samples(0)[:2]
    settings = {"x": x, "y": y, "loss": "categorical_crossentropy", "epochs": 500, "batch_size": 25}
    orders = ("never", "each_epoch") if as_steps else ()
    return [train(build=rows_as_steps, shuffle=order, **settings) for order in orders]


def _right(member):
    """The geometric mean of the probabilities that a member gives to the right letters, asked in alphabetical order."""
    x, y = member.samples[:2]
    return float(np.exp(np.log((member.outputs(x) * y).sum(axis=-1)).mean()))
