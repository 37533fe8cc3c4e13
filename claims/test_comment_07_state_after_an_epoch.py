"""Claims of comment 7 (Vishal, 2016-09-21) and its reply: what becomes of the state after an epoch."""

import numpy as np
import pytest

from fixtures.experiments import (
    NAIVE_ONE_CHAR,
    STATEFUL_NEVER_RESET,
    STATEFUL_NEVER_RESET_50,
    STATEFUL_ONE_CHAR,
    STATEFUL_ONE_CHAR_50,
)
from lstm_lab import Comment, always, beats, case, claim

QUESTION = Comment(7, "Vishal", "2016-09-21")
REPLY = Comment(7, "Jason Brownlee", "2016-09-22")


@pytest.fixture(scope="session")
def epochs(train, broken):
    """The states of a stateful model at the begin and end of each of two epochs of two calls of `fit`.

    Broken: with a reset after each epoch.
    """
    import keras

    member = train(STATEFUL_ONE_CHAR.untrained)
    model = member.keras_model(to_fit=True)
    layer = model.layers[0]
    begins, ends = [], []

    class Record(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            begins.append([np.array(state) for state in layer.states])

        def on_epoch_end(self, epoch, logs=None):
            ends.append([np.array(state) for state in layer.states])
            if broken:
                layer.reset_state()

    for _ in range(2):
        model.fit(*member.samples[:2], batch_size=1, epochs=2, shuffle=False, verbose=0, callbacks=[Record()])
    return begins, ends


@claim(
    "comment-07/what-happens-after-each-epoch",
    "Nothing happens to the state of a stateful model after an epoch: the next epoch, and the next call of `fit`, "
    "begin with it.",
    source=QUESTION,
    criterion=always(),
    asks=["fit_epoch_to_epoch"],
    expect="supported",
    contradicts=["comment-07/state-is-gone"],
    control="a reset after each epoch",
)
def test_what_happens_after_each_epoch(epochs, observe):
    """The comment asks; this is the answer that can be checked. States compared bit for bit; at no end of an epoch is
    either of the two, h and c, zero: the least of all sizes is shown, a size being the largest number of a state."""
    begins, ends = epochs
    carried = max(_distance(end, begin) for end, begin in zip(ends[:-1], begins[1:], strict=True))
    least = min(_size([state]) for end in ends for state in end)
    observe(carried == 0 and least > 0, change_between_epochs=carried, least_size_at_an_end=least)


@claim(
    "comment-07/state-is-gone",
    "After an epoch the state of a stateful model is gone.",
    source=REPLY,
    criterion=always(),
    asks=["predict_after_fit"],
    expect="refuted",
    contradicts=["comment-07/what-happens-after-each-epoch", "stateful/manual-reset-zeroes-state"],
)
def test_state_is_gone(epochs, observe):
    """Gone would be zero when the next epoch begins. Of a stateless model it is another claim, the next one."""
    begins, _ = epochs
    largest = max(_size(begin) for begin in begins[1:])
    observe(largest == 0, size_at_the_next_begin=largest)


@claim(
    "comment-07/state-is-gone-stateless",
    "After an epoch the state of a stateless model is gone.",
    source=REPLY,
    criterion=always(),
    expect="supported",
    control="a stateful layer instead of a stateless one",
)
def test_state_is_gone_stateless(train, broken, observe):
    """After an epoch of `fit`: the layer keeps no states, and the model answers A exactly as a new one with its
    weights does, so nothing of the epoch is left outside of them."""
    member = train((STATEFUL_ONE_CHAR if broken else NAIVE_ONE_CHAR).untrained)
    model = member.keras_model(to_fit=True)
    x, y = member.samples[:2]
    model.fit(x, y, batch_size=1, epochs=1, verbose=0)
    kept = len(model.layers[0].states or [])  # None in a stateless layer
    new = member.keras_model()
    for variable, trained in zip(new.trainable_variables, model.trainable_variables, strict=True):
        variable.assign(trained)
    distance = float(np.abs(np.asarray(model(x[:1])) - np.asarray(new(x[:1]))).max())
    observe(kept == 0 and distance == 0, states_kept=kept, distance_to_a_new_model=distance)


@claim(
    "comment-07/cleared-or-just-unreliable",
    "The state is unreliable rather than cleared: the same call gives different numbers.",
    source=REPLY,
    criterion=always(),
    asks=["fit_epoch_to_epoch", "predict_after_fit"],
    expect="refuted",
)
def test_cleared_or_just_unreliable(seed, naive_one_char, stateful_one_char, observe):
    """The stateless model answers K after different histories; the stateful one, after different histories, from the
    same recorded states. Either model's numbers would do, if they differ in a single bit."""
    random = np.random.default_rng(seed)
    x = naive_one_char.samples.x
    k = x[10:11]
    histories = [random.integers(len(x), size=count) for count in (0, 1, 5)]

    stateless, stateful = naive_one_char.keras_model(), stateful_one_char.keras_model()
    layer = stateful.layers[0]
    for letter in x[:10]:
        stateful(letter[None])
    recorded = [np.array(state) for state in layer.states]
    answers = {"stateless": [], "stateful": []}
    for history in histories:
        for letter in history:
            stateless(x[letter : letter + 1])
            stateful(x[letter : letter + 1])
        for state, value in zip(layer.states, recorded, strict=True):
            state.assign(value)
        answers["stateless"].append(np.asarray(stateless(k)))
        answers["stateful"].append(np.asarray(stateful(k)))
    spread = {name: float(np.ptp(np.stack(told), axis=0).max()) for name, told in answers.items()}
    observe(max(spread.values()) > 0, **spread)


@claim(
    "comment-07/network-will-not-behave",
    "A model of {units} units that relies on its state across epochs does not behave as expected: when asked "
    "from a reset, it is less accurate than one that is reset before each epoch.",
    source=REPLY,
    criterion=beats(),
    expect="supported",
    cases=[
        case(units=16, model=STATEFUL_ONE_CHAR, baseline=STATEFUL_NEVER_RESET),
        case(
            "50-units",
            units=50,
            model=STATEFUL_ONE_CHAR_50,
            baseline=STATEFUL_NEVER_RESET_50,
            note="As with 16 units. Going on from its state, the model that is never reset loses nothing.",
        ),
    ],
)
def test_network_will_not_behave(model, baseline, observe):
    """300 epochs each, with and without a reset before each; accuracy on the alphabet from a reset.

    What is lost is the begin from zeros, which was trained only once. Asked as it was trained, going on from its state,
    the model that is never reset loses nothing in the median, though much in single seeds:
    `comment-07/network-will-not-behave-going-on`.
    """
    observe(
        model.accuracy,
        against=baseline.accuracy,
        never_reset_and_going_on=baseline.accuracy_from_final_state,
    )


@claim(
    "comment-07/network-will-not-behave",
    "A model of {units} units that relies on its state across epochs does not behave as expected: even when it "
    "goes on from that state, it is less accurate than one that is reset before each epoch.",
    source=REPLY,
    criterion=beats(),
    cases=[
        case("going-on", units=16, model=STATEFUL_ONE_CHAR, baseline=STATEFUL_NEVER_RESET, expect="inconclusive"),
        case(
            "50-units-going-on",
            units=50,
            model=STATEFUL_ONE_CHAR_50,
            baseline=STATEFUL_NEVER_RESET_50,
            expect="refuted",
        ),
    ],
)
def test_network_will_not_behave_going_on(model, baseline, observe):
    """The literal reading: the state is relied on where it is asked, too. 300 epochs each; then the alphabet once more,
    from a reset or from the state in which the training stopped. A tie is no win; with most seeds both know all."""
    observe(model.accuracy, against=baseline.accuracy_from_final_state)


def _size(states):
    return max(float(np.abs(state).max()) for state in states)


def _distance(states, others):
    return max(float(np.abs(one - other).max()) for one, other in zip(states, others, strict=True))
