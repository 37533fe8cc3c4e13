"""Claims of the section "LSTM State Within A Batch" about what one batch leaves for the next, in both modes."""

import numpy as np

from fixtures.article import BATCH
from lstm_lab import always, claim

SHAPE = (5, 1, 1)  # letters one at a time, several rows at once


@claim(
    "within-batch/resets-after-each-batch",
    "Keras resets the state of an LSTM layer after each batch, as it does unless it is told otherwise.",
    source=BATCH,
    criterion=always(),
    asks=["stateless_resets_after_batch"],
    expect="supported",
    control="a layer that is told to keep its state",
)
def test_resets_after_each_batch(seed, broken, observe):
    """The second of two batches against itself alone, bit for bit, and what the layer holds afterwards.

    Comment 15 contradicts what the article concludes from it, that the rows of a batch are not reset; that each row
    starts from zero, as measured there, makes each batch do so, too.
    """
    unaffected, kept = _second_batch(seed, **({"stateful": True} if broken else {}))
    observe(unaffected and not kept, second_batch_unaffected=unaffected, state_kept=kept)


@claim(
    "within-batch/resets-after-each-batch-stateful",
    "Keras resets the state of an LSTM layer after each batch, of a stateful one, too.",
    source=BATCH,
    criterion=always(),
    asks=["fit_batch_to_batch"],
    expect="refuted",
)
def test_resets_after_each_batch_stateful(seed, observe):
    """The other mode: a stateful layer is there to keep its state, so the sentence holds of the default only."""
    unaffected, kept = _second_batch(seed, stateful=True)
    observe(unaffected and not kept, second_batch_unaffected=unaffected, state_kept=kept)


def _second_batch(seed, **settings):
    """Whether a batch is answered after another one as it is alone, and whether the layer then holds a state."""
    import keras

    first, second = np.random.default_rng(seed).random(size=(2, *SHAPE)).astype(np.float32)
    answers = []
    for before in ([], [first]):
        keras.utils.set_random_seed(seed)
        layer = keras.layers.LSTM(4, **settings)
        for batch in before:
            layer(batch)
        answers.append(np.asarray(layer(second)))
    kept = any(np.any(np.asarray(state)) for state in layer.states or [])
    return np.array_equal(*answers), kept
