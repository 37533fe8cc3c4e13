"""Claims of the section "Naive LSTM for a Three-Char Feature Window to One-Char Mapping" about the shape of the window.

Three letters as three features of one time step, beside the same three as three time steps of one feature.
"""

from fixtures.article import FEATURES
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS
from fixtures.probes import rejection
from lstm_lab import always, claim


@claim(
    "feature-window/window-shape",
    "Each of the three letters is an input feature of its own: one time step, three features, three kernel rows.",
    source=[FEATURES.at(5, 1), FEATURES.at(2, 1)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="the three letters as time steps instead",
    revised="2026-11: seeds; was SUPPORTED",
    seeds=1,
    seeds_reason="the shapes hang on no seed, nothing is drawn",
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
    "feature-window/reshape-required",
    "A model of three features is trained on windows shaped as features and predicts from them, and can do neither "
    "with windows shaped as time steps.",
    source=[FEATURES.at(5, 2), FEATURES.at(6)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="a model built for three time steps of one feature",
    revised="2026-11: statement, measure; was SUPPORTED",
    seeds=1,
    seeds_reason="which shapes Keras takes hangs on no seed, and tracing costs about a second",
)
def test_reshape_required(train, broken, observe):
    """Keras's own `fit` and `predict` on the same windows as (N, 3, 1), each of a fresh model and once it was used with
    its own shape."""
    member = train((THREE_CHAR_TIME_STEPS if broken else THREE_CHAR_FEATURES).untrained)
    x, y = member.samples[:2]
    as_steps = train(THREE_CHAR_TIME_STEPS.untrained).samples.x
    # Keras cannot train a model whose first `fit` failed.
    fresh, used = (member.keras_model(to_fit=True) for _ in range(2))
    used.fit(x, y, batch_size=len(x), verbose=0)
    figures = {
        "fresh_model_refuses_training": _refuses(fresh.fit, as_steps, y, batch_size=len(x), verbose=0),
        "used_model_refuses_training": _refuses(used.fit, as_steps, y, batch_size=len(x), verbose=0),
    }
    model = member.keras_model()
    figures["fresh_model_refuses_prediction"] = _refuses(model.predict, as_steps[:1], verbose=0)
    predicted = model.predict(x[:1], verbose=0).shape
    figures["used_model_refuses_prediction"] = _refuses(model.predict, as_steps[:1], verbose=0)
    observe(predicted == (1, 26) and all(figures.values()), **figures)


def _refuses(call, *arrays, **settings):
    """Whether Keras refuses the call for its shapes; anything else that goes wrong goes through."""
    import tensorflow as tf

    kinds, match = (ValueError, tf.errors.InvalidArgumentError), "shape|dimensions|Matrix size"
    return rejection(call, *arrays, kinds=kinds, match=match, **settings) is not None
