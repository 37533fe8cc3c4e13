"""Claims of comment 7 (Vishal, 2016-09-21) and its reply: what becomes of the state after an epoch."""

import numpy as np

from fixtures.article import COMMENT_7, COMMENT_7_REPLY_1
from fixtures.experiments import STATEFUL_NEVER_RESET, STATEFUL_ONE_CHAR
from lstm_lab import always, beats, claim


@claim(
    "comment-07/stateful-state-outlives-the-epoch",
    "Nothing happens to the state of a stateful model after an epoch: the next epoch, and the next call of `fit`, "
    "begin with it.",
    source=COMMENT_7.at(2, 2),
    stance="question",
    criterion=always(),
    asks=["fit_epoch_to_epoch", "predict_after_fit"],
    expect="supported",
    contradicts=["comment-07/state-is-gone-also-stateful"],
    control="a reset after each epoch",
    revised="2026-11: measure; was SUPPORTED",
)
def test_stateful_state_outlives_the_epoch(train, broken, observe):
    """Two epochs of two calls of `fit`. States compared bit for bit; at no end of an epoch is either of the two, h and
    c, zero: the least of all sizes is shown, a size being the largest number of a state.

    The reply says that the state is gone. It is so without `stateful=True`: `within-batch/resets-after-each-batch`.
    """
    begins, ends = _states_around_epochs(train, reset=broken)
    carried = float(np.abs(ends[:-1] - begins[1:]).max())
    least = float(np.abs(ends).max(axis=(-2, -1)).min())
    observe(carried == 0 and least > 0, change_between_epochs=carried, least_size_at_an_end=least)


@claim(
    "comment-07/state-is-gone-also-stateful",
    "After an epoch the state is gone, also that of a stateful model.",
    source=COMMENT_7_REPLY_1.at(1, 2),
    stance="strict",
    criterion=always(),
    asks=["fit_epoch_to_epoch", "predict_after_fit"],
    expect="refuted",
    contradicts=["comment-07/stateful-state-outlives-the-epoch"],
    holds_with="a reset after each epoch",
    revised="2026-11: measure; was REFUTED",
)
def test_state_is_gone_also_stateful(train, planted, observe):
    """The same epochs: gone is a state whose numbers are all zero when the next epoch begins.

    The comment quotes what the article says of Keras as it comes; so the reply is right of a model that was not told to
    be stateful: `within-batch/resets-after-each-batch`.
    """
    begins, _ = _states_around_epochs(train, reset=planted)
    largest = float(np.abs(begins[1:]).max())
    observe(largest == 0, largest_number_at_a_later_begin=largest)


@claim(
    "comment-07/same-state-same-numbers",
    "The state is not unreliable: from the same state the same call gives the same numbers.",
    source=COMMENT_7_REPLY_1.at(1, 1),
    stance="probe",
    criterion=always(),
    asks=["fit_epoch_to_epoch", "predict_after_fit"],
    expect="supported",
    control="other states instead of the recorded ones",
    revised="2026-11: statement, measure; its opposite was REFUTED",
)
def test_same_state_same_numbers(seed, naive_one_char, stateful_one_char, broken, observe):
    """The reply leaves open whether the state is cleared or unreliable. The stateless model answers K after different
    histories; the stateful one, after different histories, from the same recorded states; bit for bit."""
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
        if not broken:
            for state, value in zip(layer.states, recorded, strict=True):
                state.assign(value)
        answers["stateless"].append(np.asarray(stateless(k)))
        answers["stateful"].append(np.asarray(stateful(k)))
    spread = {name: float(np.ptp(np.stack(told), axis=0).max()) for name, told in answers.items()}
    observe(max(spread.values()) == 0, **spread)


@claim(
    "comment-07/network-will-not-behave-going-on",
    "A model that relies on its state across epochs does not behave as expected: even when it goes on from that state, "
    "it is less accurate in some seeds than one that is reset before each epoch, and more accurate in fewer.",
    source=COMMENT_7_REPLY_1.at(2),
    stance="strict",
    criterion=beats(by=0.02),
    sides=("a reset before each epoch", "no reset"),
    measure="accuracy on the 25 pairs, each model asked from the state it relies on",
    expect="supported",
    control="resets in both, after 100 epochs, the other one with another seed",
    revised="2026-11: statement, criterion; was INCONCLUSIVE",
)
def test_network_will_not_behave_going_on(train, stateful_one_char, broken, observe):
    """The article's stateful model, 300 epochs, with and without a reset before each; then the alphabet once more, from
    a reset or from the state in which the training stopped.

    With most seeds both know all letters, which is a tie; the control asks earlier, where resets leave something to
    learn. That such a model fails when it is asked from a reset is `stateful/reset-each-epoch-matters`; here the state
    is relied on where it is asked, too.
    """
    if broken:
        resets = train(STATEFUL_ONE_CHAR.but(epochs=100))
        observe(resets.accuracy, against=float(resets.ensemble.accuracy[resets.index - 1]))
    else:
        observe(stateful_one_char.accuracy, against=train(STATEFUL_NEVER_RESET).accuracy_from_final_state)


def _states_around_epochs(train, reset):
    """The states of the article's stateful model at the begins and ends of four epochs, two calls of `fit` of two:
    each (epochs, 2, 1, units)."""
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
            if reset:
                layer.reset_state()

    for _ in range(2):
        model.fit(*member.samples[:2], batch_size=1, epochs=2, shuffle=False, verbose=0, callbacks=[Record()])
    return np.array(begins), np.array(ends)
