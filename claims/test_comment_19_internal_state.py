"""Claims of the reply in comment 19 (Jason Brownlee, 2017-01-25) on the internal state and its resets."""

import numpy as np

from fixtures.experiments import NAIVE_ONE_CHAR, STATEFUL_ONE_CHAR
from fixtures.probes import accuracy_on_stream, answers_to
from lstm_lab import ALPHABET, Comment, always, beats, claim

COMMENT = Comment(19, "Jason Brownlee", "2017-01-25")

ROWS, STEPS, FEATURES, UNITS = 4, 6, 2, 16


@claim(
    "comment-19/lstms-maintain-an-internal-state",
    "An LSTM maintains an internal state within a sequence: output and memory after some steps are all that the next "
    "steps need.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control="the rest of the sequence from zeros",
)
def test_lstms_maintain_an_internal_state(seed, broken, observe):
    """Random weights and inputs. Both states have a row for each sequence and a column for each unit, the output is
    one of them, they change at each step, and a sequence cut in two anywhere gives the same when the second part
    begins from the states after the first (within 1e-6, for float32 sums)."""
    import keras

    keras.utils.set_random_seed(seed)
    x = np.random.default_rng(seed).normal(size=(ROWS, STEPS, FEATURES)).astype(np.float32)
    layer = keras.layers.LSTM(UNITS, return_state=True)
    whole = [np.asarray(part) for part in layer(x)]
    before, distances, changes = [np.zeros((ROWS, UNITS), np.float32)] * 2, [], []
    for cut in range(1, STEPS):
        states = [np.asarray(state) for state in layer(x[:, :cut])[1:]]
        changes += [np.abs(one - other).max() for one, other in zip(states, before, strict=True)]
        rest = layer(x[:, cut:]) if broken else layer(x[:, cut:], initial_state=states)
        distances += [np.abs(np.asarray(one) - other).max() for one, other in zip(rest, whole, strict=True)]
        before = states
    output, hidden, cell = whole
    observe(
        hidden.shape == cell.shape == (ROWS, UNITS)
        and (output == hidden).all()
        and min(changes) > 0
        and max(distances) <= 1e-6,
        distance_to_one_pass=max(distances),
        least_change_in_a_step=min(changes),
    )


@claim(
    "comment-19/state-is-a-benefit",
    "A kept state is a benefit where the bit before is to be recalled.",
    source=COMMENT,
    criterion=beats(),
    expect="supported",
)
def test_state_is_a_benefit(echo_stateful_1, echo_alone, observe):
    """Random bits one by one, in order, to 10 units with a state and without, 10 epochs: a task that cannot be done
    without a memory."""
    observe(accuracy_on_stream(echo_stateful_1), against=echo_alone.accuracy)


@claim(
    "comment-19/state-is-a-benefit-single-letters",
    "A kept state is a benefit where a single letter is to be answered.",
    source=COMMENT,
    criterion=beats(),
    expect="refuted",
    contradicts=["comment-04/opposite-to-stateful"],
)
def test_state_is_a_benefit_single_letters(stateful_one_char, within_batch, observe):
    """The other task, which needs no memory: each letter by itself after a reset, to the article's models of 16 units
    with a state and without."""
    said = answers_to(stateful_one_char, _single_letters)
    right = sum(answer == wanted for answer, wanted in zip(said, ALPHABET[1:], strict=True))
    observe(right / len(said), against=within_batch.accuracy)


@claim(
    "comment-19/reset-automatically-after-each-batch",
    "By default the state is reset automatically after each batch.",
    source=COMMENT,
    criterion=always(),
    asks=["stateless_resets_after_batch", "fit_batch_to_batch"],
    expect="supported",
    control="a stateful layer instead of a stateless one",
)
def test_reset_automatically_after_each_batch(train, broken, observe):
    """The same batch, three letters in turn, twice with another letter between: the same numbers, bit for bit."""
    experiment = STATEFUL_ONE_CHAR if broken else NAIVE_ONE_CHAR
    distance = 0.0
    for member in (train(experiment), train(experiment.untrained)):
        model, x = member.keras_model(), member.samples.x
        for letter in (0, 10, 24):
            first = np.asarray(model(x[letter : letter + 1]))
            model(x[5:6])
            distance = max(distance, float(np.abs(np.asarray(model(x[letter : letter + 1])) - first).max()))
    observe(distance == 0, distance=distance)


@claim(
    "comment-19/reset-manually-when-stateful",
    "With stateful=True the state stays until it is reset by hand.",
    source=COMMENT,
    criterion=always(),
    asks=["predict_call_to_call", "reset_zeroes"],
    expect="supported",
    control="no reset by hand",
)
def test_reset_manually_when_stateful(train, broken, observe):
    """B to J one by one, each of which changes the states; K is then answered otherwise than by a new model, and after
    `reset_state()` the states are zero and K is answered as by a new model, bit for bit.

    A is left out: it is coded 0, and with initial biases a zero leaves zero states zero.
    """
    member = train(STATEFUL_ONE_CHAR.untrained)
    model, x = member.keras_model(), member.samples.x
    layer = model.layers[0]

    def states():
        return np.concatenate([np.asarray(state).ravel() for state in layer.states])

    k = x[10:11]
    fresh = np.asarray(model(k))
    layer.reset_state()
    changes, before = [], states()
    for letter in x[1:10]:
        model(letter[None])
        changes.append(np.abs(states() - before).max())
        before = states()
    warm = np.asarray(model(k))
    if not broken:
        layer.reset_state()
    left = float(np.abs(states()).max())
    again = float(np.abs(np.asarray(model(k)) - fresh).max())
    observe(
        min(changes) > 0 and np.abs(warm - fresh).max() > 0 and left == 0 and again == 0,
        least_change_by_a_letter=min(changes),
        left_after_the_reset=left,
        distance_to_a_new_model=again,
    )


def _single_letters(seed):
    return ALPHABET[:-1]
