"""Claims of the section "LSTM State Within A Batch" about how Keras shuffles the training set.

The order is read off inside a compiled `fit` with batches of one row: its loss function notes the rows that come.
Which rows come is up to Keras's data adapter, so the smallest model will do.
"""

import functools

import numpy as np

from fixtures.article import BATCH, NAIVE, STATEFUL
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
    "Unless it is told not to, Keras draws a new order of the training set before each epoch, {seeding}.",
    source=[BATCH.at(4, 1), NAIVE.at(2, 1), NAIVE.at(10, 2)],
    criterion=always(),
    asks=["shuffles_by_default", "shuffle_default", "redrawn_unseeded", "redrawn_numpy_seed", "redrawn_framework_seed"],
    control="shuffling switched off in `fit`",
    holds_with="another seed before each epoch",
    cases=[
        case(
            seeding="with NumPy's generator seeded as in 2016 or not",
            seeded={"nothing_seeded": _by_nothing, "numpy_seeded": _by_numpy},
            stance="stated",
            expect="supported",
            seeds=SEEDS,
            seeds_reason=REASON,
            revised="2026-11: measure; was SUPPORTED",
            note=(
                "Keras 3 on TensorFlow does not draw from NumPy's generator. So today the orders are new with the "
                "listing's seed, and the results are not the same (`problem/numpy-seed-alone-suffices`); with Keras's "
                "seed it is the other way round."
            ),
        ),
        case(
            "keras-seed",
            seeding="also with Keras's or TensorFlow's generator seeded",
            seeded={"keras_seeded": _by_keras, "tensorflow_seeded": _by_tensorflow},
            stance="strict",
            expect="refuted",
            seeds=1,
            seeds_reason="one counterexample decides, and each seed costs calls of `fit`",
            revised="2026-11: measure; was REFUTED",
            note=(
                "A program of today that is to be repeated exactly is seeded like this. On TensorFlow, Keras 3 "
                "shuffles by an operation inside the dataset. A global seed fixes that operation's stream, which "
                "begins anew with each epoch's iterator. The article of 2016 could not mean that.\n\n"
                "That two seeded executions are the same (`problem/seeding-gives-same-results`) says nothing "
                "against new orders: both could draw the same new ones."
            ),
        ),
    ],
)
def test_shuffles_before_each_epoch(seed, seeded, broken, planted, observe):
    """The orders of three epochs, pairwise, with `fit` as it comes."""
    settings = {"shuffle": False} if broken else {}
    seeds = range(seed, seed + EPOCHS) if planted else [seed]
    new = {name: _all_differ(_orders(by, seeds, **settings)) for name, by in seeded.items()}
    observe(all(new.values()), **new)


@claim(
    "within-batch/shuffle-false-keeps-order",
    "With shuffling switched off, the training set comes in its own order in each epoch.",
    source=[BATCH.at(4, 2), STATEFUL.at(7, 3)],
    stance="stated",
    criterion=always(),
    asks=["shuffle_false_keeps_order"],
    expect="supported",
    seeds=1,
    seeds_reason="nothing is drawn",
    control="shuffling left on, the default",
    revised="2026-11: seeds; was SUPPORTED",
)
def test_shuffle_false_keeps_order(broken, observe):
    orders = _orders(_by_nothing, [None], **({} if broken else {"shuffle": False}))
    observe(orders == [list(range(ROWS))] * EPOCHS)


def _all_differ(orders):
    return all(one != other for place, one in enumerate(orders) for other in orders[:place])


def _orders(seeded_by, seeds, **settings):
    """The rows in the order in which each of three epochs gave them: a call of `fit` for each seed, all as long."""
    model, seen = _tapped()
    seen.clear()
    rows = np.arange(ROWS, dtype=np.float32)[:, None]
    for seed in seeds:
        seeded_by(seed)
        model.fit(rows, rows, batch_size=1, epochs=EPOCHS // len(seeds), verbose=0, **settings)
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
