"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": the batch size is fixed when it is built.

Whether a call raises does not depend on weights, so one seed is asked. Any exception counts as raising.
"""

import itertools
import re

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_ONE_CHAR
from fixtures.probes import rejection
from lstm_lab import always, claim

SIZES = (1, 5, 25)
NOISE = re.compile(r"^Exception encountered when calling \S+|\x1b\[\d+m|`\S+`")  # where, bold face, names of tensors
ONE_SEED = "whether a call raises does not depend on the weights"


@claim(
    "stateful/batch-size-must-be-specified",
    "A stateful LSTM cannot be built under an input that leaves the number of rows open.",
    source=STATEFUL,
    criterion=always(),
    asks=["stateful_without_batch_size"],
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
    asks=["predict_1_5", "predict_5_1", "predict_5_3", "predict_5_1_after_own", "indivisible_predict"],
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
    asks=["predict_1_5", "predict_1_default"],
    expect="refuted",
    seeds=1,
    seeds_reason=ONE_SEED,
)
def test_batch_size_one_is_no_problem(train, observe):
    """Evaluation is of the 25 patterns; the article itself says a batch size of one there, and that works.

    It is not that the 25 come as one batch: one pattern raises the same. `predict` of Keras 3.15 fetches a batch before
    its traced function is called, so that the number of rows is known there. `evaluate` fetches it within, where a
    batch that does not fill Keras's default of 32 rows has an open number of them. So have the states that a step makes
    of such rows and of the one kept row, and the loop over the time steps takes no states that change their shape.
    """
    member = train(STATEFUL_ONE_CHAR.untrained)
    x, y = member.samples[:2]

    def evaluate(x, y, **settings):
        return member.keras_model(to_fit=True).evaluate(x, y, verbose=0, **settings)

    said = {
        "predict_one_letter": _raised(lambda: member.keras_model().predict(x[:1], verbose=0), told=93),
        "evaluate_25_patterns": _raised(lambda: evaluate(x, y), told=93),
        "evaluate_one_pattern": _raised(lambda: evaluate(x[:1], y[:1]), told=93),
        "evaluate_one_by_one": _raised(lambda: evaluate(x, y, batch_size=1)),
    }
    observe(
        not said["predict_one_letter"] and not said["evaluate_25_patterns"],
        **{call: outcome or "worked" for call, outcome in said.items()},
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


def _raised(call, told=0):
    """The name of the exception that `call` raises, and so many characters of what it says; "" where it raises none."""
    error = rejection(call)
    if error is None:
        return ""
    said = " ".join(NOISE.sub("", str(error)).split())[:told]
    return f"{type(error).__name__}: {said}" if told else type(error).__name__


def _one_letter(member, rows, how, used, times=1):
    """What becomes of one letter given to a model built for `rows`: "raised ...", or the number of answers."""
    model, x = member.keras_model(batch_size=rows), member.samples.x
    ask = (lambda part: model.predict(part, batch_size=rows, verbose=0)) if how == "predict" else model
    if used:
        ask(x[:rows])
    answers = []
    error = rejection(lambda: answers.extend(len(np.asarray(ask(x[:1]))) for _ in range(times)))
    if error is not None:
        return f"raised {type(error).__name__}"
    return f"{max(answers)} row{'s' if max(answers) > 1 else ''}"
