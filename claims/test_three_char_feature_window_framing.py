"""Claims of the section "Naive LSTM for a Three-Char Feature Window to One-Char Mapping" about the framing.

Three letters as three features of one time step, beside the same three as three time steps of one feature.
"""

import numpy as np

from fixtures.article import FEATURES
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS
from fixtures.probes import rejection
from lstm_lab import Letters, always, beats, claim

ONE_SEED = {"seeds": 1, "seeds_reason": "which shapes Keras takes hangs on no seed, and tracing costs about a second"}
FOR_TIME_STEPS = "a model built for three time steps of one feature"


@claim(
    "feature-window/window-shape",
    "Each of the three letters is an input feature of its own: one time step, three features, three kernel rows.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control="the three letters as time steps instead",
)
def test_window_shape(train, broken, observe):
    """Inputs (23, 1, 3), kernel (3, 128), 4608 weights in the LSTM; with one feature it has 4352."""
    member = train((THREE_CHAR_TIME_STEPS if broken else THREE_CHAR_FEATURES).untrained)
    layer = member.keras_model().layers[0]
    one_feature = {
        train(other.untrained).keras_model().layers[0].count_params()
        for other in (NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS)
    }
    observe(
        member.samples.x.shape == (23, 1, 3)
        and layer.get_weights()[0].shape == (3, 128)
        and layer.count_params() == 4608
        and one_feature == {4352},
        inputs=str(member.samples.x.shape),
        weights_in_the_lstm=layer.count_params(),
    )


@claim(
    "feature-window/reshape-required-for-training",
    "A model of three features cannot be trained on windows shaped as time steps.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control=FOR_TIME_STEPS,
    **ONE_SEED,
)
def test_reshape_required_for_training(train, broken, observe):
    """Keras's own `fit` on (23, 3, 1), of a fresh model and once it was trained on its own shape."""
    member = train((THREE_CHAR_TIME_STEPS if broken else THREE_CHAR_FEATURES).untrained)
    as_steps = train(THREE_CHAR_TIME_STEPS.untrained).samples
    # Keras cannot train a model whose first `fit` failed.
    fresh, used = (member.keras_model(to_fit=True) for _ in range(2))
    used.fit(*member.samples[:2], batch_size=23, verbose=0)
    fresh_refuses, used_refuses = (
        _refuses(model.fit, *as_steps[:2], batch_size=23, verbose=0) for model in (fresh, used)
    )
    observe(fresh_refuses and used_refuses, fresh_model_refuses=fresh_refuses, used_model_refuses=used_refuses)


@claim(
    "feature-window/reshape-required-for-prediction",
    "A model of three features predicts from a window shaped as features, and cannot from one shaped as time steps.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control=FOR_TIME_STEPS,
    **ONE_SEED,
)
def test_reshape_required_for_prediction(train, broken, observe):
    """Keras's own `predict` on (1, 3, 1), of a fresh model and once it predicted from its own shape."""
    member = train((THREE_CHAR_TIME_STEPS if broken else THREE_CHAR_FEATURES).untrained)
    as_steps = train(THREE_CHAR_TIME_STEPS.untrained).samples.x[:1]
    model = member.keras_model()
    fresh_refuses = _refuses(model.predict, as_steps, verbose=0)
    works = model.predict(member.samples.x[:1], verbose=0).shape == (1, 26)
    used_refuses = _refuses(model.predict, as_steps, verbose=0)
    observe(
        works and fresh_refuses and used_refuses,
        works_as_features=works,
        fresh_model_refuses=fresh_refuses,
        used_model_refuses=used_refuses,
    )


def _refuses(call, *arrays, **settings):
    """Whether Keras refuses the call for its shapes; anything else that goes wrong goes through."""
    import tensorflow as tf

    kinds, match = (ValueError, tf.errors.InvalidArgumentError), "shape|dimensions|Matrix size"
    return rejection(call, *arrays, kinds=kinds, match=match, **settings) is not None


@claim(
    "feature-window/same-numbers-other-shape",
    "As features or as time steps, the model gets the same numbers and targets; only the axes differ.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control="windows of one letter repeated three times",
)
def test_same_numbers_other_shape(seed, broken, observe):
    steps = Letters(copies=3, first=2) if broken else THREE_CHAR_TIME_STEPS.problem
    as_features, as_steps = THREE_CHAR_FEATURES.problem.samples(seed), steps.samples(seed)
    assert as_features.x.size == as_steps.x.size
    observe(
        (as_features.x.ravel() == as_steps.x.ravel()).all()
        and (as_features.y == as_steps.y).all()
        and as_features.x.shape == (23, 1, 3)
        and as_steps.x.shape == (23, 3, 1)
    )


@claim(
    "feature-window/misuse-leaves-recurrence-idle",
    "Three letters as features misuse the LSTM: training leaves its recurrent weights and its forget gate idle.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control="the three letters as time steps instead",
)
def test_misuse_leaves_recurrence_idle(train, three_char_features, three_char_time_steps, broken, observe):
    """Bit for bit as initialised after 500 epochs, while the input gate moved."""
    member = three_char_time_steps if broken else three_char_features
    trained, first = member.weights[:3], train(member.experiment.untrained).weights[:3]
    moved = [np.abs(one - other) for one, other in zip(trained, first, strict=True)]
    kernel, recurrent, bias = moved
    forget = slice(32, 64)  # Keras orders the gates: input, forget, cell, output
    idle = {"recurrent_moved": recurrent.max(), "forget_moved": max(kernel[:, forget].max(), bias[forget].max())}
    input_gate_moved = kernel[:, :32].max()
    assert input_gate_moved > 0, "nothing was trained at all"
    observe(max(idle.values()) == 0, **idle, input_gate_moved=input_gate_moved)


@claim(
    "feature-window/poor-framing",
    "Features are a poor framing: the same three letters are learned better as time steps, at the same budget.",
    source=FEATURES,
    criterion=beats(),
    expect="supported",
)
def test_poor_framing(three_char_time_steps, three_char_features, observe):
    """500 epochs, batches of one, the same 23 targets."""
    observe(three_char_time_steps.accuracy, against=three_char_features.accuracy)
