"""Claims of the section "Naive LSTM for a Three-Char Time Step Window to One-Char Mapping": whether state is kept.

Asked of Keras's own layer with random weights and inputs, bit for bit: the same call on the same shapes is computed by
the same routine.
"""

import numpy as np

from fixtures.article import TIME_STEPS
from lstm_lab import always, claim

SHAPE = (2, 3, 1)


@claim(
    "time-steps/lstms-are-stateful",
    "An LSTM layer of Keras is stateful as it comes: it answers the second of two equal batches differently.",
    source=TIME_STEPS,
    criterion=always(),
    expect="refuted",
    contradicts=["time-steps/default-resets-state"],
)
def test_lstms_are_stateful(seed, observe):
    layer, (x,) = _layer(seed), _batches(seed, 1)
    equal = np.array_equal(np.asarray(layer(x)), np.asarray(layer(x)))
    observe(layer.stateful and not equal, stateful=layer.stateful, second_answer_equal=equal)


@claim(
    "time-steps/lstms-are-stateful-within-a-sequence",
    "Within one sequence an LSTM layer carries state: its answer after the last time step depends on the first one.",
    source=TIME_STEPS,
    criterion=always(),
    expect="supported",
    control="each time step as a sequence of its own",
)
def test_lstms_are_stateful_within_a_sequence(seed, broken, observe):
    """The second reading: what every LSTM does, whatever Keras does between batches.

    The control gives the layer all three time steps as well, each in a call of its own.
    """
    layer, (x,) = _layer(seed), _batches(seed, 1)
    other = x.copy()
    other[:, 0] += 1

    def last(sequences):
        parts = np.split(sequences, SHAPE[1], axis=1) if broken else [sequences]
        return [np.asarray(layer(part)) for part in parts][-1]

    distance = float(np.abs(last(x) - last(other)).max())
    observe(distance > 0, distance=distance)


@claim(
    "time-steps/default-resets-state",
    "As it comes, an LSTM layer of Keras keeps nothing of one batch for the next.",
    source=TIME_STEPS,
    criterion=always(),
    expect="supported",
    contradicts=["time-steps/lstms-are-stateful"],
    control="a stateful layer instead of the default one",
)
def test_default_resets_state(seed, broken, observe):
    """A batch after another one, in training mode too, against the same batch alone; and no variable holds a state.

    What the rows of one batch share is another matter, under `within-batch/batch-gives-context`; both could hold.
    """
    layer, (before, x) = _layer(seed, **({"stateful": True} if broken else {})), _batches(seed, 2)
    unaffected = []
    for training in (False, True):
        if broken:
            layer.reset_state()
        alone = np.asarray(layer(x, training=training))
        layer(before, training=training)
        unaffected.append(np.array_equal(alone, np.asarray(layer(x, training=training))))
    state_shape = (SHAPE[0], layer.units)
    states = [variable for variable in layer.variables if tuple(variable.shape) == state_shape]
    observe(all(unaffected) and not states, variables_of_state=len(states))


def _layer(seed, **settings):
    """An LSTM layer of Keras with random weights, built for batches of `SHAPE`."""
    import keras

    keras.utils.set_random_seed(seed)
    layer = keras.layers.LSTM(4, **settings)
    layer.build(SHAPE)
    return layer


def _batches(seed, count):
    return np.random.default_rng(seed).normal(size=(count, *SHAPE)).astype(np.float32)
