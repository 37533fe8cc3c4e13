"""Claims about what Keras does with the rows of one batch: the article's and those of comments 4 and 15.

The article says that rows of a batch share a context, two comments say that they do not. All are asked of Keras's
own layers, with a tolerance of 1e-6 on outputs of size one. A batch of 25 rows and a single row are multiplied by
different routines, whose sums differ in the last bits; in float32 the steep trained models make up to 2e-6 of that, so
trained models are asked in float64, which leaves some 1e-15.
"""

import numpy as np
import pytest

from fixtures.article import BATCH
from fixtures.experiments import WITHIN_BATCH
from lstm_lab import Comment, always, claim

COMMENT_4 = Comment(4, "dolaameng", "2016-08-24")
COMMENT_15 = Comment(15, "Louis Abraham", "2016-12-19")

TOLERANCE = 1e-6


@pytest.fixture(scope="session")
def cross_row_influence(train, within_batch, seed, broken):
    """The largest trace that a row of a batch leaves on another, trained and untrained: in values, gradients, order."""
    import tensorflow as tf

    found = {"value": 0.0, "gradient": 0.0, "order": 0.0}
    x = within_batch.samples.x
    random = np.random.default_rng(seed)
    order = random.permutation(len(x))
    direction = random.normal(size=26).astype(np.float32)  # one number of the 26 classes; their plain sum is always 1
    for member in (within_batch, train(WITHIN_BATCH.untrained)):
        model = as_one_sequence(member) if broken else member.keras_model(dtype="float64")
        together = model(x).numpy()
        alone = np.concatenate([model(row[None]) for row in x])
        permuted = model(x[order]).numpy()
        with tf.GradientTape(persistent=True) as tape:
            inputs = tf.convert_to_tensor(x)
            tape.watch(inputs)
            answers = tf.linalg.matvec(tf.cast(model(inputs), tf.float32), direction)
        jacobian = tape.jacobian(answers, inputs, experimental_use_pfor=False).numpy().reshape(len(x), len(x))
        own = np.eye(len(x), dtype=bool)
        assert np.abs(jacobian[own]).max() > 0, "no row depends even on itself"
        found["value"] = max(found["value"], float(np.abs(together - alone).max()))
        found["gradient"] = max(found["gradient"], float(np.abs(jacobian[~own]).max()))
        found["order"] = max(found["order"], float(np.abs(permuted - together[order]).max()))
    return found


def as_one_sequence(member):
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


@claim(
    "within-batch/batch-gives-context",
    "Within one ordered batch an earlier row gives context to a later one.",
    source=BATCH,
    criterion=always(),
    asks=["rows_share_state"],
    expect="refuted",
    contradicts=[
        "comment-04/no-state-reuse-within-batch",
        "comment-04/state-from-sequence-to-sequence",
        "comment-15/article-is-mistaken",
        "comment-15/resets-between-inputs-of-a-batch",
        "naive-one-char/state-reset-after-each-pattern",
    ],
)
def test_batch_gives_context(cross_row_influence, observe):
    """Any influence would do: on another row's answer, on a gradient across rows, or of the order of the rows.

    That nothing is kept from batch to batch (`time-steps/default-resets-state`) could hold together with it.
    """
    observe(max(cross_row_influence.values()) > TOLERANCE, **cross_row_influence)


@claim(
    "comment-04/no-state-reuse-within-batch",
    "Keras does not hand the state from one row of a batch to the next.",
    source=COMMENT_4,
    criterion=always(),
    asks=["rows_share_state", "rows_share_state_stateful"],
    expect="supported",
    contradicts=[
        "stateful/batch-offers-sequence-in-training",
        "within-batch/batch-gives-context",
        "within-batch/learns-by-the-batch-sequence",
    ],
    control="the rows as time steps of one sequence instead",
)
def test_no_state_reuse_within_batch(cross_row_influence, observe):
    """The gradients across rows must be exactly zero; values may differ by the tolerance."""
    values = max(cross_row_influence["value"], cross_row_influence["order"])
    observe(values <= TOLERANCE and cross_row_influence["gradient"] == 0.0, **cross_row_influence)


@claim(
    "comment-15/resets-between-inputs-of-a-batch",
    "Every row of a batch starts from a zero state, not only the first.",
    source=COMMENT_15,
    criterion=always(),
    expect="supported",
    contradicts=["within-batch/batch-gives-context"],
    control="a stateful layer that is given row after row",
)
def test_resets_between_inputs_of_a_batch(train, broken, observe):
    """The LSTM layer on 25 rows against itself on each row alone, with a zero initial state passed by hand."""
    import keras

    member = train(WITHIN_BATCH.untrained)
    layer = member.keras_model().layers[0]
    x = member.samples.x
    zeros = [np.zeros((1, layer.units), np.float32)] * 2
    if broken:
        stateful = member.keras_layer("LSTM", layer.units, stateful=True)
        kept = keras.Sequential([keras.Input(batch_shape=(1, 1, 1)), stateful])
        kept.set_weights(layer.get_weights())
        together = np.concatenate([np.asarray(kept(row[None])) for row in x])
    else:
        together = np.asarray(layer(x))
    alone = np.concatenate([np.asarray(layer(row[None], initial_state=zeros)) for row in x])
    distance = np.abs(together - alone).max()
    observe(distance <= TOLERANCE, distance=distance)


@claim(
    "within-batch/order-in-batch-matters",
    "The order of the rows within a batch matters to what is learned from it.",
    source=BATCH,
    criterion=always(),
    expect="refuted",
    contradicts=["comment-04/shuffle-true-same-performance"],
    seeds=3,
    seeds_reason="a property of the mean, whatever the weights; each seed costs 27 gradients",
)
def test_order_in_batch_matters(train, seed, observe):
    """Loss and gradient of the full batch in order, permuted, and as the mean of 25 single rows; the limit is relative.

    In float64, which leaves the order of summation some 1e-15, so a difference of 1e-6 would be a real one.
    """
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((1, 1), dtype="float64"),
            keras.layers.LSTM(16, dtype="float64"),
            keras.layers.Dense(26, activation="softmax", dtype="float64"),
        ]
    )
    samples = train(WITHIN_BATCH.untrained).samples
    x, y = samples.x.astype("float64"), samples.y.astype("float64")

    def loss_and_gradient(rows):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(y[rows], model(x[rows], training=True)))
        gradient = tape.gradient(loss, model.trainable_variables)
        return np.ravel(loss), np.concatenate([np.ravel(part) for part in gradient])

    in_order = loss_and_gradient(np.arange(25))
    permuted = loss_and_gradient(np.random.default_rng(seed).permutation(25))
    singles = zip(*(loss_and_gradient(np.array([row])) for row in range(25)), strict=True)
    single = [np.mean(parts, axis=0) for parts in singles]
    loss, gradient = (
        float(max(np.abs(one - whole).max() for one in others) / np.abs(whole).max())
        for whole, *others in zip(in_order, permuted, single, strict=True)
    )
    observe(max(loss, gradient) > 1e-6, relative_difference_of_loss=loss, relative_difference_of_gradient=gradient)
