"""Claims of the section "Problem Description: Learn the Alphabet" about the shape of the input.

The text says that LSTM networks expect samples, time steps and features. Arrays of one, two and three axes are given
to the layer, and apart from that to models; the claims hold when three are taken and fewer are refused.
"""

from fixtures.article import PROBLEM
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS
from fixtures.probes import OF_SHAPES, rejection
from lstm_lab import always, claim


@claim(
    "problem/lstm-needs-3d-input",
    "Keras's LSTM layer takes samples, time steps and features, and refuses arrays of fewer axes.",
    source=PROBLEM,
    criterion=always(),
    asks=["two_axes_at_build"],
    expect="supported",
    seeds=1,
    seeds_reason="no weight has a part in it",
    control="a layer that completes the shape set before it",
)
def test_lstm_needs_3d_input(train, broken, observe):
    """A new layer for each array, and one that was built for the right shape before."""
    import keras

    x = train(THREE_CHAR_TIME_STEPS.untrained).samples.x
    arrays = {"one_axis": x[:, 0, 0], "two_axes": x[..., 0], "three_axes": x}

    def layer():
        lstm = keras.layers.LSTM(8)
        return keras.Sequential([keras.layers.Reshape((-1, 1)), lstm]) if broken else lstm

    built = layer()
    built(x)
    taken = {name: [_taken(layer(), array), _taken(built, array)] for name, array in arrays.items()}
    observe(
        all(taken["three_axes"]) and not any(taken["one_axis"] + taken["two_axes"]),
        **{name: all(each) for name, each in taken.items()},
    )


@claim(
    "problem/lstm-needs-3d-input-model",
    "A Keras model with an LSTM layer takes samples, time steps and features, and refuses arrays of fewer axes.",
    source=PROBLEM,
    criterion=always(),
    asks=["two_axes_in_fit"],
    expect="refuted",
    seeds=1,
    seeds_reason="no weight has a part in it",
)
def test_lstm_needs_3d_input_model(train, observe):
    """`predict` and `fit` of two models, declared for one and for three time steps; run eagerly, to save tracing.

    A Sequential model completes an array that lacks its last axis before the layer sees it, so it takes two axes.
    """
    taken = {}
    for experiment in (NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS):
        member = train(experiment.untrained)
        model, x, y = member.keras_model(), *member.samples[:2]
        model.compile(loss="categorical_crossentropy", optimizer="adam", run_eagerly=True)
        for name, array in {"one_axis": x[:, 0, 0], "two_axes": x[..., 0], "three_axes": x}.items():
            steps = x.shape[1]
            taken[f"predict_{steps}_steps_{name}"] = _taken(model.predict, array, verbose=0)
            taken[f"fit_{steps}_steps_{name}"] = _taken(model.fit, array, y, verbose=0)
    observe(all(took == name.endswith("three_axes") for name, took in taken.items()), **taken)


def _taken(call, *arrays, **settings):
    """Whether it takes the arrays; Keras refuses shapes with errors of several kinds."""
    return rejection(call, *arrays, kinds=OF_SHAPES, **settings) is None
