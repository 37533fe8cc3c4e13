"""Claims of comment 4 (dolaameng, 2016-08-24), its reply and comment 15 on the states that the rows of a batch have.

All are asked of Keras's own layers with random weights and random inputs. Values may differ by 1e-6: a batch and a
single row are multiplied by different routines, whose float32 sums differ in their last bits.
"""

import numpy as np

from fixtures.article import COMMENT_4, COMMENT_4_REPLY_1, COMMENT_15
from lstm_lab import always, claim

TOLERANCE = 1e-6
UNITS = 16
ROWS = 5
SHAPES = ((1, 1), (1, 3), (3, 1))  # time steps and features of a row in the article's first three models


@claim(
    "comment-04/no-state-reuse-within-batch",
    "Keras hands no state from one row of a batch to the next: each starts from zeros and has states of its own.",
    source=[COMMENT_4.at(2, 1), COMMENT_4.at(2, 2), COMMENT_4_REPLY_1.at(1), COMMENT_15.at(3), COMMENT_15.at(1)],
    stance="stated",
    criterion=always(),
    asks=["rows_share_state", "rows_share_state_stateful"],
    expect="supported",
    contradicts=["within-batch/batch-gives-context"],
    control="a stateful layer that is given row after row",
    revised="2026-11: measure; was SUPPORTED",
)
def test_no_state_reuse_within_batch(seed, broken, observe):
    """Outputs and both states of five rows in one call, for the shapes of the article's rows, against each row alone
    from zeros that are passed by hand. Then another input in the first row: the states of the others must stay bit for
    bit, and its own change, by more than 1e-3.

    Comment 15 concludes that the article's section is mistaken; that is `within-batch/batch-gives-context`, refuted.
    The reply to comment 4 lacks its verb; it agrees with the comment, so it is read as saying the same. The states
    are compared as two arrays with a row for each row of the batch and a column for each unit, the shape of the
    comment.
    """
    distance, leaked, own = 0.0, 0.0, np.inf
    zeros = [np.zeros((1, UNITS), np.float32)] * 2
    for shape in SHAPES:
        layer, x = _layer(seed, shape, rows=ROWS, return_state=True)
        otherwise = x.copy()
        otherwise[0] += 1
        told, told_otherwise = (
            _row_by_row(layer, rows) if broken else np.array(layer(rows)) for rows in (x, otherwise)
        )  # each output, h and c: (3, rows, units)
        alone = np.concatenate([layer(row[None], initial_state=zeros) for row in x], axis=1)
        distance = max(distance, float(np.abs(told - alone).max()))
        change = np.abs(told_otherwise - told).max(axis=-1)
        leaked, own = max(leaked, float(change[:, 1:].max())), min(own, float(change[:, 0].min()))
    observe(
        distance <= TOLERANCE and leaked == 0.0 and own > 1e-3,
        distance_to_each_row_alone=distance,
        change_in_other_rows=leaked,
        change_in_own_row=own,
    )


def _layer(seed, shape, rows, batch=None, **settings):
    """An LSTM layer with random weights, biases too, and random rows of the given (time steps, features)."""
    import keras

    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    layer = keras.layers.LSTM(UNITS, bias_initializer="random_normal", **settings)
    layer.build((batch or rows, *shape))
    return layer, random.random((rows, *shape), dtype=np.float32)


def _row_by_row(layer, x):
    """Outputs and states of a stateful layer with the same weights that is given one row after the other."""
    import keras

    kept = keras.layers.LSTM(UNITS, return_state=True, stateful=True)
    kept.build((1, *x.shape[1:]))
    kept.set_weights(layer.get_weights())
    return np.concatenate([kept(row[None]) for row in x], axis=1)
