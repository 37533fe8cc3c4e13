"""Claims of the section "LSTM State Within A Batch" about how Keras shuffles the training set.

The order is read off inside a compiled `fit` with batches of one row: its loss function notes the rows that come.
Which rows come is up to Keras's data adapter, so the smallest model will do.
"""

import functools
import inspect

import numpy as np

from fixtures.article import BATCH
from lstm_lab import always, case, claim

ROWS, EPOCHS = 25, 3
SEEDS = 2
REASON = "whether the order is drawn anew does not depend on the seed, and each costs a call of `fit`"


def _by_nothing(seed=None):
    """TensorFlow as in a process that was never seeded."""
    import tensorflow as tf

    tf.random.set_seed(None)


def _by_keras(seed):
    import keras

    keras.utils.set_random_seed(seed)


def _by_tensorflow(seed):
    import tensorflow as tf

    tf.random.set_seed(seed)


def _by_numpy(seed):
    _by_nothing()
    np.random.seed(seed)  # noqa: NPY002 - the seeding that is tested


@claim(
    "within-batch/shuffles-before-each-epoch",
    "Before each epoch Keras draws a new order of the training set ({seeding}).",
    source=BATCH,
    criterion=always(),
    asks=["shuffles_by_default", "redrawn_unseeded", "redrawn_numpy_seed", "redrawn_framework_seed"],
    control="shuffling switched off in `fit`",
    cases=[
        case(seeding="nothing seeded", seeded=_by_nothing, expect="supported", seeds=SEEDS, seeds_reason=REASON),
        case(
            "keras-seed",
            seeding="seeded by `keras.utils.set_random_seed`",
            seeded=_by_keras,
            expect="refuted",
            seeds=1,
            seeds_reason="one counterexample decides, and each seed costs a call of `fit`",
            note=(
                "On TensorFlow, Keras 3 shuffles by an operation inside the dataset. A global seed fixes that "
                "operation's stream, and the stream begins anew with each epoch's iterator.\n\n"
                "That two seeded executions are the same (`problem/seeding-gives-same-results`) says nothing "
                "against new orders: both could draw the same new ones."
            ),
        ),
        case(
            "tensorflow-seed",
            seeding="seeded by `tf.random.set_seed`",
            seeded=_by_tensorflow,
            expect="refuted",
            seeds=1,
            seeds_reason="one counterexample decides, and each seed costs a call of `fit`",
            note="As with Keras's own seed, which sets this one.",
        ),
        case(
            "numpy-seed",
            seeding="seeded by `numpy.random.seed`, as in 2016",
            seeded=_by_numpy,
            expect="supported",
            seeds=SEEDS,
            seeds_reason=REASON,
            note="Keras 3 on TensorFlow does not draw from NumPy's generator.",
        ),
    ],
)
def test_shuffles_before_each_epoch(seed, seeded, broken, observe):
    """The orders of three epochs, pairwise."""
    seeded(seed)
    observe(_all_differ(_orders(**({"shuffle": False} if broken else {}))))


@claim(
    "within-batch/shuffle-is-the-default",
    "Keras shuffles the training set unless it is told not to.",
    source=BATCH,
    criterion=always(),
    asks=["shuffle_default"],
    expect="supported",
    seeds=1,
    seeds_reason="a signature is the same for every seed",
    control="the signature of `predict`, which never shuffles",
)
def test_shuffle_is_the_default(broken, observe):
    import keras

    asked = keras.Model.predict if broken else keras.Model.fit
    shuffle = inspect.signature(asked).parameters.get("shuffle")
    default = None if shuffle is None else shuffle.default
    observe(default is True, default=str(default))


@claim(
    "within-batch/shuffle-false-keeps-order",
    "With shuffling switched off, the training set comes in its own order in each epoch.",
    source=BATCH,
    criterion=always(),
    asks=["shuffle_false_keeps_order"],
    expect="supported",
    seeds=SEEDS,
    seeds_reason=REASON,
    control="shuffling left on, the default",
)
def test_shuffle_false_keeps_order(broken, observe):
    _by_nothing()
    orders = _orders(**({} if broken else {"shuffle": False}))
    observe(orders == [list(range(ROWS))] * EPOCHS)


def _all_differ(orders):
    return all(one != other for place, one in enumerate(orders) for other in orders[:place])


def _orders(**settings):
    """The rows in the order in which each epoch of one call of `fit` gave them."""
    model, seen = _tapped()
    seen.clear()
    rows = np.arange(ROWS, dtype=np.float32)[:, None]
    model.fit(rows, rows, batch_size=1, epochs=EPOCHS, verbose=0, **settings)
    assert len(seen) == ROWS * EPOCHS, f"{len(seen)} rows seen"
    orders = [seen[start : start + ROWS] for start in range(0, len(seen), ROWS)]
    assert all(sorted(order) == list(range(ROWS)) for order in orders), "an epoch is not a permutation"
    return orders


@functools.cache
def _tapped():
    """A compiled Keras model and the list to which its training appends each row; compiled once, for it costs most."""
    import keras
    import tensorflow as tf

    seen = []

    def note(row):
        seen.append(int(row[0, 0]))
        return row

    def loss(row, answer):
        return tf.reduce_mean(answer - tf.numpy_function(note, [row], tf.float32))

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss=loss, optimizer="sgd", jit_compile=False)  # XLA compiles no Python function
    return model, seen
