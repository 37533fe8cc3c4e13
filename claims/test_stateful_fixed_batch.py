"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": the batch size is fixed when it is built.

Whether a call raises does not depend on weights, so one seed is asked. Any exception counts as raising.
"""

import functools
import itertools

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import STATEFUL_ONE_CHAR
from fixtures.probes import rejection
from lstm_lab import always, claim, recurrent_classifier

SIZES = (1, 5)
KERAS_DEFAULT = 32  # rows per batch where none are asked for; the 25 rows then come as one batch
ONE_SEED = "whether a call raises does not depend on the weights"


@claim(
    "stateful/batch-size-must-be-specified",
    "A stateful LSTM cannot be built under an input that leaves the number of rows open.",
    source=STATEFUL.at(6, 2),
    stance="stated",
    criterion=always(),
    asks=["stateful_without_batch_size"],
    expect="supported",
    revised="2026-11: statement, measure; was SUPPORTED",
    seeds=1,
    seeds_reason=ONE_SEED,
    control="a stateless layer instead of a stateful one",
)
def test_batch_size_must_be_specified(broken, observe):
    """With the number of rows left open Keras must raise a ValueError; with one row it must build.

    Only an input layer has to be told: a layer called on an array takes the batch size from the array, as is shown
    (`stateful/batch-size-must-be-specified-always`).
    """
    import keras

    def layer():
        return keras.layers.LSTM(16, stateful=not broken)

    left_open = _raised(lambda: keras.Sequential([keras.Input((1, 1)), layer()]))
    told = _raised(lambda: keras.Sequential([keras.Input(batch_shape=(1, 1, 1)), layer()]))
    on_an_array = _raised(lambda: layer()(np.zeros((5, 1, 1), "float32")))
    observe(
        left_open == "ValueError" and not told,
        left_open=left_open or "built",
        told=told or "built",
        called_on_an_array=on_an_array or "answered",
    )


@claim(
    "stateful/batch-size-must-be-specified-always",
    "A stateful model cannot be trained and asked unless it was told its batch size beforehand.",
    source=STATEFUL.at(6, 2),
    stance="strict",
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason=ONE_SEED,
    holds_with="a model with an input layer, which leaves the number of rows open",
)
def test_batch_size_must_be_specified_always(seed, planted, observe):
    """The article's model without an input layer: one epoch of `fit` and a `predict`, both with batches of one, which
    must raise. In Keras 3 such a model is built by the first array that it meets, and takes the number of rows from it.
    """
    import keras

    x, y = STATEFUL_ONE_CHAR.problem.samples(seed)[:2]

    def train_and_ask():
        layers = [keras.layers.LSTM(16, stateful=True), keras.layers.Dense(26, activation="softmax")]
        model = keras.Sequential([keras.Input((1, 1)), *layers] if planted else layers)
        model.compile(loss="categorical_crossentropy", optimizer="adam")
        model.fit(x, y, batch_size=1, shuffle=False, verbose=0)
        model.predict(x, batch_size=1, verbose=0)

    raised = _raised(train_and_ask)
    observe(bool(raised), outcome=raised or "trained and answered")


@claim(
    "stateful/batch-size-in-the-layers-input-shape",
    "A stateful layer of today's Keras takes the batch size in an input shape of its own, `batch_input_shape`.",
    source=STATEFUL.at(6, 2),
    stance="probe",
    criterion=always(),
    asks=["batch_input_shape", "batch_shape_in_layer", "input_batch_shape"],
    expect="refuted",
    seeds=1,
    seeds_reason="whether a layer takes an argument does not depend on weights",
    holds_with="the same shape given to an input layer before it",
    revised="2026-11: statement, stance; was REFUTED",
)
def test_batch_size_in_the_layers_input_shape(planted, observe):
    """`batch_input_shape` of one row, one step and one feature; the model must be built, with a state of one row.

    Layers of Keras 3 do not know the argument; an input layer takes such a shape, and that is all that has to be
    changed.
    """
    import keras

    shape, rows = (1, 1, 1), []

    def build():
        if planted:
            first = [keras.Input(batch_shape=shape), keras.layers.LSTM(16, stateful=True)]
        else:
            first = [keras.layers.LSTM(16, stateful=True, batch_input_shape=shape)]
        model = keras.Sequential([*first, keras.layers.Dense(26, activation="softmax")])
        rows.append(model.layers[0].states[0].shape[0])

    raised = _raised(build)
    observe(rows == [1], outcome=raised or "built")


@claim(
    "stateful/needs-same-batch-size",
    "A stateful model must be evaluated, and asked, with the batch size it was built with: with any other it raises or "
    "answers wrongly.",
    source=[STATEFUL.at(6, 3), STATEFUL.at(8)],
    stance="stated",
    criterion=always(),
    asks=[
        "evaluate_1_default",
        "evaluate_1_5",
        "evaluate_5_1",
        "evaluate_5_3",
        "evaluate_5_1_after_own",
        "indivisible_evaluate",
        "predict_1_5",
        "predict_5_1",
        "predict_5_3",
        "predict_5_1_after_own",
        "indivisible_predict",
    ],
    expect="supported",
    revised="2026-11: statement, measure (a wrong answer counts as raising does); was REFUTED",
    seeds=1,
    seeds_reason="whether a call raises does not depend on the weights, and a seed costs 20 traced calls",
    control="a stateless model of the same weights, which takes any batch size",
)
def test_needs_same_batch_size(train, stateful_one_char, broken, observe):
    """`evaluate` and `predict` of the 25 letters: 1 and 5 rows as built against 1, 5 and none as asked, on a fresh
    model; other sizes also after a call with the own one and a reset.

    None means Keras's default of 32, which the 25 rows fill as one batch of 25. Built for one row, the answers to the
    letters in order and their loss are right, and asked as built it must give them; built for five, right is what that
    size gives from a reset; within 1e-4. Keras 3.15 lets some calls through, shown as answered wrongly:
    it compares the sizes only where the number of rows is known when TensorFlow traces the call, and the second size
    that a model meets makes TensorFlow trace it with an open number of rows; a single row is then broadcast to all
    kept states. A wrong answer without a word is worse than an exception.
    """
    x, y = stateful_one_char.samples[:2]
    stateless = train(STATEFUL_ONE_CHAR.but(network=recurrent_classifier(16)).untrained)

    def build(rows):
        if not broken:
            return stateful_one_char.keras_model(batch_size=rows, to_fit=True)
        model = stateless.keras_model(to_fit=True)
        model.set_weights(stateful_one_char.weights)
        return model

    def ask(model, call, rows):
        if call == "evaluate":
            return np.asarray(model.evaluate(x, y, batch_size=rows, verbose=0))
        return model.predict(x, batch_size=rows, verbose=0)

    outcomes = {}
    for built, call in itertools.product(SIZES, ("evaluate", "predict")):
        right = _by_letters(stateful_one_char, call) if built == 1 and not broken else ask(build(built), call, built)
        for asked, used in itertools.product((*SIZES, None), (False, True)):
            if (used and asked in (built, None)) or asked == built != 1:
                continue
            model = build(built)
            if used:
                ask(model, call, built)
                if not broken:
                    model.layers[0].reset_state()
            case = f"built {built}, {call} {asked or 'default'}{' after a call' if used else ''}"
            outcomes[case, asked == built] = _outcome(functools.partial(ask, model, call, asked), right)
    surprises = [f"{case}: {said}" for (case, own), said in outcomes.items() if own != (said == "right")]
    wrongly = [case for (case, _), said in outcomes.items() if said == "wrong"]
    observe(
        not surprises,
        surprises="; ".join(surprises) or "none",
        answered_wrongly="; ".join(wrongly) or "none",
        raised=sum(said.startswith("raised") for said in outcomes.values()),
    )


@claim(
    "stateful/batch-size-one-is-no-problem",
    "Built for a batch of one the fixed size is no problem: letters are answered rightly one at a time, and so is "
    "evaluation when it is told a batch size of one.",
    source=STATEFUL.at(6, 4),
    stance="stated",
    criterion=always(),
    asks=["predict_1_default"],
    expect="supported",
    revised="2026-11: statement, measure (it was that nothing need be specified); was REFUTED",
    seeds=1,
    seeds_reason=ONE_SEED,
    control="a model built for five rows",
)
def test_batch_size_one_is_no_problem(stateful_one_char, broken, observe):
    """As the article does it: `predict` letter by letter with Keras's defaults, so twice here, and `evaluate` of the 25
    patterns with batches of one; against the answers to the letters in order and their loss, within 1e-4. That
    `evaluate` raises where it is told nothing is part of `stateful/needs-same-batch-size`."""
    x, y = stateful_one_char.samples[:2]
    rows = 5 if broken else 1
    one_by_one = stateful_one_char.keras_model(batch_size=rows)
    evaluated = stateful_one_char.keras_model(batch_size=rows, to_fit=True)
    said = {
        "predict_two_letters": _outcome(
            lambda: np.concatenate([one_by_one.predict(x[i : i + 1], verbose=0) for i in range(2)]),
            _by_letters(stateful_one_char, "predict")[:2],
        ),
        "evaluate_one_by_one": _outcome(
            lambda: np.asarray(evaluated.evaluate(x, y, batch_size=1, verbose=0)),
            _by_letters(stateful_one_char, "evaluate"),
        ),
    }
    observe(set(said.values()) == {"right"}, **said)


@claim(
    "stateful/weights-move-to-another-batch-size",
    "The weights of a model built for one row can be moved to one built for 25 rows, or to a stateless one, and the "
    "answers to single letters are the same.",
    source=STATEFUL.at(6, 5),
    stance="probe",
    criterion=always(),
    asks=["weights_moved_keep_state"],
    expect="supported",
    revised="2026-11: statement, measure; was REFUTED",
    seeds=1,
    seeds_reason="each seed has Keras trace three models",
    control="the initial weights of those models instead of the moved ones",
)
def test_weights_move_to_another_batch_size(train, stateful_one_char, broken, observe):
    """A way out of the difficulties that the text foresees. From one row to 25 rows and to a stateless layer: the
    answers to the 25 letters, each from a reset, in float64 within 1e-6."""
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


def _raised(call):
    """The name of the exception that `call` raises, "" where it raises none."""
    error = rejection(call)
    return "" if error is None else type(error).__name__


def _by_letters(member, call):
    """What `predict` should give: the answers of a member to its letters in order; or `evaluate`: loss and accuracy."""
    x, y = member.samples[:2]
    answers = member.outputs(x)
    loss, accuracy = -np.log(answers[y == 1]).mean(), (answers.argmax(axis=-1) == y.argmax(axis=-1)).mean()
    return answers if call == "predict" else np.array([loss, accuracy])


def _outcome(call, right):
    """What becomes of a call that should give `right`: "right", "wrong" or "raised ..."."""
    answers = []
    error = rejection(lambda: answers.append(call()))
    if error is not None:
        return f"raised {type(error).__name__}"
    (answer,) = answers
    return "right" if answer.shape == right.shape and np.abs(answer - right).max() < 1e-4 else "wrong"
