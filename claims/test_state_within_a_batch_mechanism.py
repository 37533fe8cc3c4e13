"""Claims of the section "LSTM State Within A Batch" about what Keras keeps: from row to row, and from batch to batch.

What comments 4 and 15 say against the first is in `test_comment_04_states_of_rows.py`.
"""

import numpy as np
import pytest

from fixtures.article import BATCH, COMMENT_7_REPLY_1, COMMENT_19_REPLY_1, NAIVE, STATEFUL, TIME_STEPS
from fixtures.experiments import WITHIN_BATCH
from fixtures.rows_as_steps import rows_as_steps
from lstm_lab import always, claim

TOLERANCE = 1e-6  # in float64: 25 rows and a single one are summed by different routines, which leaves some 1e-15
SHAPE = (5, 1, 1)  # letters one at a time, several rows at once


@pytest.fixture(scope="session")
def cross_row_influence(train, within_batch, seed, planted):
    """The largest trace that a row of a batch leaves on another, trained and untrained: in values, gradients, order."""
    import tensorflow as tf

    found = {"value": 0.0, "gradient": 0.0, "order": 0.0}
    x = within_batch.samples.x.astype("float64")
    random = np.random.default_rng(seed)
    order = random.permutation(len(x))
    direction = random.normal(size=26)  # one number of the 26 classes; their plain sum is always 1
    for member in (within_batch, train(WITHIN_BATCH.untrained)):
        model = _as_one_sequence(member) if planted else member.keras_model(dtype="float64")
        together = model(x).numpy()
        alone = np.concatenate([model(row[None]) for row in x])
        permuted = model(x[order]).numpy()
        with tf.GradientTape(persistent=True) as tape:
            inputs = tf.convert_to_tensor(x)
            tape.watch(inputs)
            answers = tf.linalg.matvec(model(inputs), direction)
        jacobian = tape.jacobian(answers, inputs, experimental_use_pfor=False).numpy().reshape(len(x), len(x))
        own = np.eye(len(x), dtype=bool)
        assert np.abs(jacobian[own]).max() > 0, "no row depends even on itself"
        found["value"] = max(found["value"], float(np.abs(together - alone).max()))
        found["gradient"] = max(found["gradient"], float(np.abs(jacobian[~own]).max()))
        found["order"] = max(found["order"], float(np.abs(permuted - together[order]).max()))
    return found


def _as_one_sequence(member):
    """A Keras model with the weights of `member` that takes the rows of a batch for the time steps of one sequence."""
    model = rows_as_steps(dtype="float64")
    model.set_weights(member.weights)
    return model


@claim(
    "within-batch/batch-gives-context",
    "Within one ordered batch an earlier row gives context to a later one.",
    source=[BATCH.at(2), BATCH.at(5, 1), STATEFUL.at(2)],
    stance="stated",
    criterion=always(),
    asks=["rows_share_state"],
    expect="refuted",
    contradicts=["comment-04/no-state-reuse-within-batch"],
    holds_with="the rows as time steps of one sequence",
    revised="2026-11: measure; was REFUTED",
)
def test_batch_gives_context(cross_row_influence, observe):
    """Any influence would do: on another row's answer, on a gradient across rows, or of the order of the rows.

    Its author would answer that the state is reset after a batch, so it must last within one, and that his model
    learned everything. That does not save it, because Keras gives each row a state of its own, and the model answers
    each letter alone as it does within the batch. Nor that all rows go into one update: they do, and in any order it is
    the same one (`within-batch/gradient-ignores-the-order-of-rows`).
    """
    observe(max(cross_row_influence.values()) > TOLERANCE, **cross_row_influence)


@claim(
    "within-batch/resets-after-each-batch",
    "As it comes, an LSTM layer of Keras keeps nothing of one batch for the next.",
    source=[
        BATCH.at(1),
        NAIVE.at(10, 2),
        TIME_STEPS.at(10, 2),
        STATEFUL.at(6, 1),
        COMMENT_7_REPLY_1.at(1, 2),
        COMMENT_19_REPLY_1.at(2),
    ],
    stance="stated",
    criterion=always(),
    asks=["stateless_resets_after_batch"],
    expect="supported",
    control="a layer that is told to keep its state",
    revised="2026-11: measure; was SUPPORTED",
)
def test_resets_after_each_batch(seed, broken, observe):
    """The second of two batches against itself alone, bit for bit, in training mode and out of it, and what the layer
    holds afterwards.

    The text says "by default" in the section before; a layer that is told to be stateful is there to keep its state.
    That each row starts from zeros, too, as comment 15 adds, is `comment-04/no-state-reuse-within-batch`.
    An epoch ends with a batch, so the reply in comment 7, that after an epoch the state is gone, follows from it. Of a
    stateful model it does not: `comment-07/state-is-gone-also-stateful`.
    """
    second_alone, second_after_first, held = [], [], []
    first, second = np.random.default_rng(seed).random(size=(2, *SHAPE)).astype(np.float32)
    for training in (False, True):
        second_alone.append(_answers(seed, [second], training, stateful=broken)[0])
        told, layer = _answers(seed, [first, second], training, stateful=broken)
        second_after_first.append(told)
        held += [state for state in layer.states or [] if np.any(np.asarray(state))]
    unaffected = np.array_equal(second_alone, second_after_first)
    observe(unaffected and not held, second_batch_unaffected=unaffected, states_held=len(held))


def _answers(seed, batches, training, stateful):
    """The answers of a new layer to the last of some batches, and the layer."""
    import keras

    keras.utils.set_random_seed(seed)
    layer = keras.layers.LSTM(4, stateful=stateful)
    for batch in batches:
        told = np.asarray(layer(batch, training=training))
    return told, layer
