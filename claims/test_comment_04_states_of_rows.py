"""Claims of comment 4 (dolaameng, 2016-08-24) and its reply on the states that the rows of a batch have.

All are asked of Keras's own layers with random weights and random inputs. Values may differ by 1e-6: a batch and a
single row are multiplied by different routines, whose float32 sums differ in their last bits.
"""

import numpy as np

from lstm_lab import Comment, always, claim

COMMENT = Comment(4, "dolaameng", "2016-08-24")
REPLY = Comment(4, "Rodrigo Pinto", "2016-10-29")

TOLERANCE = 1e-6
UNITS = 16
ROWS = 5
SHAPES = ((1, 1), (1, 3), (3, 1))  # time steps and features of a row in the article's first three models
AS_ONE_SEQUENCE = "the rows as time steps of one sequence instead"


@claim(
    "comment-04/batch-rows-run-in-parallel",
    "A layer treats the rows of a batch side by side: together they give what each gives alone.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control=AS_ONE_SEQUENCE,
)
def test_batch_rows_run_in_parallel(seed, broken, observe):
    """Five rows in one call against five calls, for the shapes of the article's rows."""
    distance = 0.0
    for shape in SHAPES:
        layer, x = _layer(seed, shape, rows=ROWS)
        together = _as_one_sequence(layer, x) if broken else np.asarray(layer(x))
        alone = np.concatenate([np.asarray(layer(row[None])) for row in x])
        distance = max(distance, float(np.abs(together - alone).max()))
    observe(distance <= TOLERANCE, distance=distance)


@claim(
    "comment-04/state-shape-is-nsamples-nout",
    "An LSTM layer has two states, each with one row for every row of the batch and one column for every unit.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control="a GRU layer instead of an LSTM",
)
def test_state_shape_is_nsamples_nout(broken, observe):
    """What `return_state` gives and what a stateful layer keeps, for batches of 1, 5 and 25 rows."""
    import keras

    kind = keras.layers.GRU if broken else keras.layers.LSTM
    wrong = []
    for rows in (1, 5, 25):
        x = np.ones((rows, 3, 1), np.float32)
        kept = kind(UNITS, stateful=True)
        kept(x)
        returned = kind(UNITS, return_state=True)(x)[1:]
        shapes = [[tuple(state.shape) for state in states] for states in (returned, kept.states)]
        wrong += [] if shapes == [[(rows, UNITS)] * 2] * 2 else [f"{rows} rows: {shapes}"]
    observe(not wrong, wrong="; ".join(wrong) or "none")


@claim(
    "comment-04/separate-states-per-sequence",
    "Each row of a batch has a state of its own, which another row's letters do not change.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control=AS_ONE_SEQUENCE,
)
def test_separate_states_per_sequence(seed, broken, observe):
    """Another input in one row, for each row in turn: the states that a stateful layer keeps of the other rows stay
    bit for bit, and those of the row itself change."""
    layer, x = _layer(seed, (3, 1), rows=ROWS, stateful=True)

    def states(inputs):
        if broken:
            return [_as_one_sequence(layer, inputs)]
        layer.reset_state()
        layer(inputs)
        return [np.array(state) for state in layer.states]

    before = states(x)
    leaked, own = 0.0, np.inf
    for row in range(ROWS):
        others = np.arange(ROWS) != row
        changed = x.copy()
        changed[row] += 1
        for one, other in zip(before, states(changed), strict=True):
            leaked = max(leaked, float(np.abs(one - other)[others].max()))
            own = min(own, float(np.abs(one - other)[row].max()))
    assert own > 1e-3, "the state of a row does not even depend on its own input"
    observe(leaked == 0.0, change_in_other_rows=leaked, change_in_own_row=own)


@claim(
    "comment-04/ith-instance-reuse",
    "A stateful layer continues each row from the state of the same row of the batch before.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control="a stateless layer instead of a stateful one",
)
def test_ith_instance_reuse(seed, broken, observe):
    """Two batches of five rows of one step; row i of the second against the two-step sequence of both rows i.

    Shown is also the distance to the sequence of row i + 1 of the first and row i of the second, which no one claims.
    """
    import keras

    layer, x = _layer(seed, (1, 1), rows=2 * ROWS, batch=ROWS, stateful=not broken)
    whole = keras.layers.LSTM(UNITS)
    whole.build((None, 2, 1))
    whole.set_weights(layer.get_weights())
    first, second = x[:ROWS], x[ROWS:]
    layer(first)
    continued = np.asarray(layer(second))
    same, next_one = (
        float(np.abs(continued - np.asarray(whole(np.concatenate([before, second], axis=1)))).max())
        for before in (first, np.roll(first, -1, axis=0))
    )
    observe(same <= TOLERANCE, distance=same, distance_to_the_next_row=next_one)


@claim(
    "comment-04/state-from-sequence-to-sequence",
    "Within a batch the state is reset from sequence to sequence.",
    source=REPLY,
    criterion=always(),
    expect="supported",
    contradicts=["within-batch/batch-gives-context"],
    control="a stateful layer that is given row after row",
)
def test_state_from_sequence_to_sequence(seed, broken, observe):
    """The sentence lacks its verb; it agrees with the comment, so "is reset" is read into it, and the opposite, that
    the state passes on, is what the control does.

    Outputs and both states of five rows of three steps, against each row alone from zeros passed by hand.
    """
    import keras

    layer, x = _layer(seed, (3, 1), rows=ROWS, return_state=True)
    zeros = [np.zeros((1, UNITS), np.float32)] * 2
    if broken:
        kept = keras.layers.LSTM(UNITS, return_state=True, stateful=True)
        kept.build((1, 3, 1))
        kept.set_weights(layer.get_weights())
        together = [np.concatenate(part) for part in zip(*[kept(row[None]) for row in x], strict=True)]
    else:
        together = [np.asarray(part) for part in layer(x)]
    alone = [np.concatenate(part) for part in zip(*[layer(row[None], initial_state=zeros) for row in x], strict=True)]
    distance = max(float(np.abs(one - other).max()) for one, other in zip(together, alone, strict=True))
    observe(distance <= TOLERANCE, distance=distance)


def _layer(seed, shape, rows, batch=None, **settings):
    """An LSTM layer with random weights, biases too, and random rows of the given (time steps, features)."""
    import keras

    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    layer = keras.layers.LSTM(UNITS, bias_initializer="random_normal", **settings)
    layer.build((batch or rows, *shape))
    return layer, random.random((rows, *shape), dtype=np.float32)


def _as_one_sequence(layer, x):
    """The outputs of a layer with the same weights for which the rows follow one another in time."""
    import keras

    whole = keras.layers.LSTM(layer.units, return_sequences=True)
    whole.build((1, None, x.shape[-1]))
    whole.set_weights(layer.get_weights())
    steps = x.shape[1]
    return np.asarray(whole(x.reshape(1, -1, x.shape[-1])))[0, steps - 1 :: steps]
