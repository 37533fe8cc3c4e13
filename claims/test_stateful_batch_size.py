"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping" about the fixed batch size."""

import itertools

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_ONE_CHAR
from fixtures.probes import rejection
from lstm_lab import always, claim, recurrent_classifier

SIZES = (1, 5, 25)
KERAS_DEFAULT = 32  # rows per batch where none are asked for; the 25 rows then come as one batch


@claim(
    "stateful/evaluate-needs-same-batch-size",
    "A stateful model must be evaluated with the batch size it was built with: the same size works, any other raises.",
    source=STATEFUL,
    criterion=always(),
    asks=["evaluate_1_5", "evaluate_5_1", "evaluate_5_3", "evaluate_5_1_after_own", "indivisible_evaluate"],
    expect="refuted",
    seeds=1,
    seeds_reason="whether a call raises does not depend on the weights, and each seed costs 24 traced evaluations",
)
def test_evaluate_needs_same_batch_size(train, observe):
    """Sizes 1, 5, 25 as built against 1, 5, 25 and none as asked, on a fresh model; other sizes also after the own.

    None means Keras's default of 32, which the 25 rows of the training set fill as one batch of 25. Any exception
    counts as raising. What goes through unnoticed explains itself in `RNN.call` of Keras 3.15: the sizes are compared
    only where the number of rows is known when TensorFlow traces the call, and the second size that a model meets
    makes TensorFlow trace it with an open number of rows; a single row is then broadcast to all kept states.

    That weights can be moved to a model of another batch size (`stateful/weights-move-to-another-batch-size`) can hold
    beside it.
    """
    member = train(STATEFUL_ONE_CHAR.untrained)
    x, y = member.samples[:2]
    surprises = []
    for built, asked, used_before in itertools.product(SIZES, (*SIZES, None), (False, True)):
        rows = min(asked or KERAS_DEFAULT, len(x))
        if used_before and (asked is None or rows == built):
            continue  # the same call as with 25, and as the one before
        model = member.keras_model(batch_size=built, to_fit=True)
        if used_before:
            model.evaluate(x, y, batch_size=built, verbose=0)
        worked = rejection(model.evaluate, x, y, batch_size=asked, verbose=0) is None
        if worked != (rows == built):
            when = "after a call" if used_before else "fresh"
            surprises.append(f"built {built}, asked {asked}, {when}: {'worked' if worked else 'raised'}")
    observe(not surprises, surprises="; ".join(surprises) or "none")


@claim(
    "stateful/weights-move-to-another-batch-size",
    "The weights of a model built for one row can be moved to one built for 25 rows, or to a stateless one, and the "
    "answers are the same.",
    source=STATEFUL,
    criterion=always(),
    asks=["weights_moved_keep_state"],
    expect="supported",
    seeds=1,
    seeds_reason="each seed has Keras trace three models",
    control="the initial weights of those models instead of the moved ones",
)
def test_weights_move_to_another_batch_size(train, stateful_one_char, broken, observe):
    """From one row to 25 rows and to a stateless layer: the answers to the 25 letters, each from a reset, in float64
    within 1e-6.

    Declared first was the contrary, other answers or none, as the widest sense of keeping the batch size; the text does
    not say that, so what holds is stated. How a model is to be called is `stateful/evaluate-needs-same-batch-size`,
    which can hold together with this.
    """
    x = stateful_one_char.samples.x
    one_row = stateful_one_char.keras_model(dtype="float64")
    many_rows = train(STATEFUL_ONE_CHAR.untrained).keras_model(batch_size=25, dtype="float64")
    stateless = train(STATEFUL_ONE_CHAR.but(network=recurrent_classifier(16)).untrained).keras_model(dtype="float64")
    if not broken:
        for model in (many_rows, stateless):
            model.set_weights(stateful_one_char.weights)
    own = []
    for letter in x:
        one_row.layers[0].reset_state()
        own.append(one_row.predict_on_batch(letter[None])[0])
    distances = [float(np.abs(model.predict_on_batch(x) - own).max()) for model in (many_rows, stateless)]
    observe(max(distances) <= 1e-6, distance_with_25_rows=distances[0], distance_without_state=distances[1])
