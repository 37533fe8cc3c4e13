"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": the batch size is fixed when it is built.

Whether a call raises does not depend on weights, so one seed is asked. Any exception counts as raising.
"""

import itertools

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_ONE_CHAR
from lstm_lab import always, claim, recurrent_classifier

SIZES = (1, 5, 25)
ONE_SEED = "whether a call raises does not depend on the weights"


@claim(
    "stateful/batch-size-must-be-specified",
    "A stateful LSTM cannot be built unless the input says the batch size.",
    source=STATEFUL,
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason=ONE_SEED,
    control="a stateless layer instead of a stateful one",
)
def test_batch_size_must_be_specified(broken, observe):
    """With the number of rows left open Keras must raise a ValueError; with one row it must build."""
    import keras

    stateful = not broken
    left_open = _raised(lambda: keras.Sequential([keras.Input((1, 1)), keras.layers.LSTM(16, stateful=stateful)]))
    told = _raised(
        lambda: keras.Sequential([keras.Input(batch_shape=(1, 1, 1)), keras.layers.LSTM(16, stateful=stateful)])
    )
    observe(left_open == "ValueError" and not told, left_open=left_open or "built", told=told or "built")


@claim(
    "stateful/batch-size-must-be-specified-for-a-layer-too",
    "A stateful LSTM layer cannot be called on an array unless it was told the batch size.",
    source=STATEFUL,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason=ONE_SEED,
)
def test_batch_size_must_be_specified_for_a_layer_too(observe):
    """The strict reading. A layer called on an array takes the batch size from the array, and so does a model without
    an input layer."""
    import keras

    x = np.zeros((5, 1, 1), "float32")
    layer = _raised(lambda: keras.layers.LSTM(16, stateful=True)(x))
    model = _raised(lambda: keras.Sequential([keras.layers.LSTM(16, stateful=True)])(x))
    observe(bool(layer and model), layer=layer or "answered", model_without_input=model or "answered")


@claim(
    "stateful/predict-needs-same-batch-size",
    "A stateful model can predict with the batch size it was built with only: one letter raises in any other.",
    source=STATEFUL,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason=ONE_SEED,
)
def test_predict_needs_same_batch_size(train, observe):
    """Built for 1, 5 and 25 rows; one letter given to `predict` and to the model itself, fresh and after a right call.

    What goes through unnoticed explains itself in `RNN.call` of Keras 3.15: the sizes are compared only where the
    number of rows is known when TensorFlow traces the call, and the second size that `predict` meets makes TensorFlow
    trace it with an open number of rows; the single row is then broadcast to all kept states.
    """
    member = train(STATEFUL_ONE_CHAR.untrained)
    cases = itertools.product(SIZES, ("predict", "call"), (False, True))
    found = {(rows, how, used): _one_letter(member, rows, how, used) for rows, how, used in cases}
    surprises = [
        f"built {rows}, {how}, {'after a right call' if used else 'fresh'}: {outcome}"
        for (rows, how, used), outcome in found.items()
        if not outcome.startswith("1 row" if rows == 1 else "raised")
    ]
    observe(not surprises, surprises="; ".join(surprises) or "none")


@claim(
    "stateful/larger-batch-makes-prediction-difficult",
    "Built for a batch of five, a stateful model does not give one answer to one letter.",
    source=STATEFUL,
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason=ONE_SEED,
    control="a model built for one row",
)
def test_larger_batch_makes_prediction_difficult(train, broken, observe):
    """`predict` and the model itself, fresh and after a right call: each must raise or give another number of rows."""
    member = train(STATEFUL_ONE_CHAR.untrained)
    cases = list(itertools.product(("predict", "call"), (False, True)))
    outcomes = [_one_letter(member, 1 if broken else 5, how, used) for how, used in cases]
    names = [f"{how}_{'after_a_right_call' if used else 'fresh'}" for how, used in cases]
    observe("1 row" not in outcomes, **dict(zip(names, outcomes, strict=True)))


@claim(
    "stateful/batch-size-one-is-no-problem",
    "With a batch size of one nothing needs to be specified: predicting a letter and evaluating work with Keras's "
    "defaults.",
    source=STATEFUL,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason=ONE_SEED,
)
def test_batch_size_one_is_no_problem(train, observe):
    """Evaluation is of the 25 patterns, which Keras's default of 32 rows makes one batch of 25; the article itself
    says a batch size of one there. Evaluating one pattern is shown."""
    member = train(STATEFUL_ONE_CHAR.untrained)
    x, y = member.samples[:2]
    predicting = _raised(lambda: member.keras_model().predict(x[:1], verbose=0))
    evaluating = _raised(lambda: member.keras_model().evaluate(x, y, verbose=0))
    observe(
        not predicting and not evaluating,
        predict_one_letter=predicting or "worked",
        evaluate_25_patterns=evaluating or "worked",
        evaluate_one_pattern=_raised(lambda: member.keras_model().evaluate(x[:1], y[:1], verbose=0)) or "worked",
    )


@claim(
    "stateful/batch-size-one-is-no-problem-for-a-letter",
    "With a batch size of one a letter is predicted with Keras's defaults.",
    source=STATEFUL,
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason=ONE_SEED,
    control="a model built for five rows",
)
def test_batch_size_one_is_no_problem_for_a_letter(train, broken, observe):
    """As the article predicts: letter by letter, so twice here."""
    outcome = _one_letter(train(STATEFUL_ONE_CHAR.untrained), 5 if broken else 1, "predict", False, times=2)
    observe(outcome == "1 row", outcome=outcome)


@claim(
    "stateful/weights-move-to-another-batch-size",
    "The batch size must be kept: with the same weights one of another size, or stateless, answers otherwise.",
    source=STATEFUL,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="each seed has Keras trace three models",
    contradicts=["stateful/evaluate-needs-same-batch-size"],
)
def test_weights_move_to_another_batch_size(train, observe):
    """From one row to 25 rows and to a stateless layer: the answers to the 25 letters, each from a reset, in float64.
    Other answers are such that differ by more than 1e-6, or none."""
    member = train(STATEFUL_ONE_CHAR.untrained)
    stateless = train(STATEFUL_ONE_CHAR.but(network=recurrent_classifier(16)).untrained).keras_model(dtype="float64")
    stateless.set_weights(member.weights)
    x = member.samples.x
    one_row, many_rows = (member.keras_model(batch_size=rows, dtype="float64") for rows in (1, 25))
    own = []
    for letter in x:
        one_row.layers[0].reset_state()
        own.append(one_row.predict_on_batch(letter[None])[0])
    distances = [float(np.abs(model.predict_on_batch(x) - own).max()) for model in (many_rows, stateless)]
    observe(min(distances) > 1e-6, distance_with_25_rows=distances[0], distance_without_state=distances[1])


def _raised(call):
    """The name of the exception that `call` raises, "" where it raises none."""
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return ""


def _one_letter(member, rows, how, used, times=1):
    """What becomes of one letter given to a model built for `rows`: "raised ...", or the number of answers."""
    model, x = member.keras_model(batch_size=rows), member.samples.x
    ask = (lambda part: model.predict(part, batch_size=rows, verbose=0)) if how == "predict" else model
    if used:
        ask(x[:rows])
    try:
        answers = [len(np.asarray(ask(x[:1]))) for _ in range(times)]
    except Exception as error:
        return f"raised {type(error).__name__}"
    return f"{max(answers)} row{'s' if max(answers) > 1 else ''}"
