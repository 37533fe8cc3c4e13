"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": a loop of epochs, resets, no shuffling."""

import numpy as np

from fixtures.article import COMMENT_7_REPLY_1, STATEFUL
from fixtures.experiments import STATEFUL_NEVER_RESET, STATEFUL_ONE_CHAR, STATEFUL_READER
from lstm_lab import always, beats, claim

EPOCHS = 3


@claim(
    "stateful/reset-in-a-callback-does-the-same",
    "No loop is needed: one call of `fit` that resets the state in a callback at each end of an epoch trains the same "
    "model as a loop of single epochs with a reset after each.",
    source=STATEFUL.at(7, 2),
    stance="probe",
    criterion=always(),
    asks=["fit_epoch_to_epoch", "reset_in_epoch_callback"],
    expect="supported",
    revised="2026-11: statement turned round; was REFUTED",
    seeds=1,
    seeds_reason="each seed has Keras trace two trainings",
    control="no reset in the callback",
)
def test_reset_in_a_callback_does_the_same(train, broken, observe):
    """Three epochs of each, from the same weights and with an optimizer of its own; the weights must agree within 1e-6,
    some roundings of float32 in weights up to 1. A reset in `on_epoch_end` comes between the same two updates as one in
    a loop. The text says that a loop does it, not that nothing else does."""
    import keras

    member = train(STATEFUL_ONE_CHAR.untrained)
    x, y = member.samples[:2]
    looped, called = member.keras_model(to_fit=True), member.keras_model(to_fit=True)
    for _ in range(EPOCHS):
        looped.fit(x, y, batch_size=1, epochs=1, shuffle=False, verbose=0)
        looped.layers[0].reset_state()

    reset = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: broken or called.layers[0].reset_state())
    called.fit(x, y, batch_size=1, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[reset])
    pairs = list(zip(looped.get_weights(), called.get_weights(), strict=True))
    moved = [np.abs(one - first).max() for (one, _), first in zip(pairs, member.weights, strict=True)]
    assert max(moved) > 1e-3, "nothing was trained"
    distance = max(float(np.abs(one - other).max()) for one, other in pairs)
    observe(distance <= 1e-6, distance=distance)


@claim(
    "stateful/reset-each-epoch-matters",
    "Resetting the state after each epoch of training matters to the stateful model, asked from a reset state.",
    source=[STATEFUL.at(7, 1), COMMENT_7_REPLY_1.at(2)],
    stance="stated",
    criterion=beats(by=0.02),
    sides=("with resets", "without"),
    measure="accuracy on the 25 pairs in order, from a reset",
    expect="supported",
    revised="2026-11: margin; was SUPPORTED",
    control="resets in both, after 100 epochs, the other one with another seed",
)
def test_reset_each_epoch_matters(train, stateful_one_char, broken, observe):
    """Accuracy in order from a reset, by more than half a letter of 25; the model trained without resets is also asked
    from where it stopped. The control asks earlier, where resets leave something to learn."""
    if broken:
        resets = train(STATEFUL_ONE_CHAR.but(epochs=100))
        observe(resets.accuracy, against=float(resets.ensemble.accuracy[resets.index - 1]))
        return
    other = train(STATEFUL_NEVER_RESET)
    observe(
        stateful_one_char.accuracy,
        against=other.accuracy,
        never_reset_and_going_on=other.accuracy_from_final_state,
    )


@claim(
    "stateful/no-shuffle-matters",
    "That the letters are not shuffled in training matters to the stateful model.",
    source=STATEFUL.at(7, 3),
    stance="probe",
    criterion=beats(by=0.02),
    sides=("letters in order", "shuffled letters"),
    measure="accuracy on the 25 pairs in order, from a reset",
    expect="supported",
    revised="2026-11: margin; was SUPPORTED",
    control="one-hot letters, which the model learns to read, in order or not",
)
def test_no_shuffle_matters(train, broken, observe):
    """Accuracy in alphabetical order from a reset, by more than half a letter of 25; the other model was given a new
    order in each epoch. Of the text it is the reason why it does not shuffle."""
    model = STATEFUL_READER.but(shuffle="never") if broken else STATEFUL_ONE_CHAR
    observe(train(model).accuracy, against=train(model.but(shuffle="each_epoch")).accuracy)
