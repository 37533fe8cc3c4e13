"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": how Keras carries and resets the state.

All are asked of Keras's own layers, in float64, where agreement within 1e-6 leaves no room for anything but rounding.
"""

import numpy as np

from fixtures.article import COMMENT_4, COMMENT_19_REPLY_1, STATEFUL, VARIABLE
from fixtures.experiments import STATEFUL_ONE_CHAR
from fixtures.probes import rejection
from lstm_lab import always, claim

TOLERANCE = 1e-6


@claim(
    "stateful/state-carries-across-batches",
    "A stateful layer carries its state from batch to batch: letter by letter it answers as if given all at once.",
    source=[STATEFUL.at(4), VARIABLE.at(1)],
    stance="stated",
    criterion=always(),
    asks=["fit_batch_to_batch", "predict_batch_to_batch", "predict_call_to_call", "model_call_carries"],
    expect="supported",
    seeds=3,
    seeds_reason="50 calls and two sequences step by step for each seed",
    control="a layer that is not stateful",
)
def test_state_carries_across_batches(train, stateful_one_char, broken, observe):
    """25 letters, one call each, against a stateless layer with the same weights on the whole sequence, at every step;
    trained and untrained.

    So a stateful layer is a shortcut to giving the first n letters again. That is about answers: in training the two
    differ, since gradients do not reach back over a kept state. It holds with any weights, so it says nothing of what
    the model has learned from its letters (`stateful/learns-the-inter-dependencies`).
    """
    distances = []
    for member in (stateful_one_char, train(STATEFUL_ONE_CHAR.untrained)):
        x = member.samples.x
        letter_by_letter = _stepwise(_stateless(member) if broken else member.keras_model(dtype="float64"), x)
        at_once = np.asarray(_stateless(member, return_sequences=True)(x[None, :, 0]))[0]
        distances.append(float(np.abs(letter_by_letter - at_once).max()))
    observe(max(distances) <= TOLERANCE, trained=distances[0], untrained=distances[1])


@claim(
    "stateful/manual-reset-zeroes-state",
    "Resetting the layer by hand zeroes its state, and the next answer is that of a fresh model.",
    source=[STATEFUL.at(4), STATEFUL.at(7, 1), COMMENT_19_REPLY_1.at(2)],
    stance="stated",
    criterion=always(),
    asks=["reset_zeroes", "reset_after_model_call"],
    expect="supported",
    control="no reset after the letters that were fed",
)
def test_manual_reset_zeroes_state(train, broken, observe):
    """Five letters before the reset, which must leave a state; after it zeros, and the first answer bit for bit."""
    member = train(STATEFUL_ONE_CHAR.untrained)
    model, x = member.keras_model(), member.samples.x
    layer = model.layers[0]
    fresh = np.asarray(model(x[:1]))
    _stepwise(model, x[1:5])
    before = _size(layer.states)
    if not broken:
        layer.reset_state()
    after = _size(layer.states)
    again = np.asarray(model(x[:1]))
    observe(after == 0 < before and bool((again == fresh).all()), before=before, after=after)


@claim(
    "stateful/one-call-resets-the-model",
    "Today's Keras still has a model's own `reset_states`, one call of which resets the state of the network.",
    source=[STATEFUL.at(4), STATEFUL.at(7, 1)],
    stance="probe",
    criterion=always(),
    asks=["has_model_reset_states"],
    expect="refuted",
    seeds=1,
    seeds_reason="whether a model has a method does not depend on its weights",
    holds_with="a method of that name given to the model, which resets each of its stateful layers",
    revised="2026-11: statement, stance; was REFUTED",
)
def test_one_call_resets_the_model(train, planted, observe):
    """It holds where the call is taken, and the first answer after it is that of a fresh model, bit for bit.

    Up to Keras 2 a model has this method, and a reader of the text meets its lack first of all. In Keras 3 layers have
    `reset_state`, and a model of several stateful layers takes as many calls: a loop of one line, and the same reset
    (`stateful/manual-reset-zeroes-state`).
    """
    member = train(STATEFUL_ONE_CHAR.untrained)
    model, x = member.keras_model(), member.samples.x
    if planted:
        model.reset_states = lambda: [layer.reset_state() for layer in model.layers if getattr(layer, "stateful", 0)]
    fresh = np.asarray(model(x[:1]))
    _stepwise(model, x[1:5])
    error = rejection(lambda: model.reset_states(), kinds=AttributeError)
    again = np.asarray(model(x[:1]))
    observe(error is None and bool((again == fresh).all()), call="taken" if error is None else "no such method")


@claim(
    "stateful/predictions-in-batch-and-in-sequence",
    "With a batch of five, each row of a batch continues the same row of the batch before, so the answers "
    "change when its rows are moved.",
    source=[STATEFUL.at(6, 5), COMMENT_4.at(2, 2)],
    stance="stated",
    criterion=always(),
    asks=["row_continues_row"],
    expect="supported",
    control="a layer that is not stateful",
)
def test_predictions_in_batch_and_in_sequence(train, broken, observe):
    """A to E, then F to J. The second answers against a stateless layer on the five pairs A F, B G, ...; then with the
    rows of the second batch moved on by one, which must change the answers to the same letters. That a model built for
    five rows has no answer to a single letter is part of `stateful/needs-same-batch-size`."""
    member = train(STATEFUL_ONE_CHAR.untrained)
    first, second = member.samples.x[:5], member.samples.x[5:10]
    moved = np.roll(np.arange(5), 1)

    def answers(after):
        model = _stateless(member) if broken else member.keras_model(batch_size=5, dtype="float64")
        model(first)
        return np.asarray(model(after))

    pairs = np.asarray(_stateless(member)(np.concatenate([first, second], axis=1)))
    from_pairs = float(np.abs(answers(second) - pairs).max())
    from_moved = float(np.abs(answers(second[moved]) - answers(second)[moved]).max())
    observe(from_pairs <= TOLERANCE < from_moved, distance_to_pairs=from_pairs, distance_when_moved=from_moved)


def _stepwise(model, x):
    """The answers of a model to one row after another."""
    return np.concatenate([np.asarray(model(row[None])) for row in x])


def _stateless(member, **settings):
    """A stateless Keras model with the weights of `member`, for sequences of any length."""
    import keras

    units = len(member.weights[1])
    model = keras.Sequential(
        [
            keras.Input((None, 1), dtype="float64"),
            member.keras_layer("LSTM", units, dtype="float64", **settings),
            keras.layers.Dense(26, activation="softmax", dtype="float64"),
        ]
    )
    model.set_weights(member.weights)
    return model


def _size(states):
    return max(float(np.abs(np.asarray(state)).max()) for state in states)
