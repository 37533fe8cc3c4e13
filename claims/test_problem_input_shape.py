"""Claims of the section "Problem Description: Learn the Alphabet" about the shape of the input.

The text, and a reader in comment 10, say that LSTM networks expect samples, time steps and features. Arrays of one to
four axes are given to the layer, and apart from that to models; the claims hold when three are taken and others are
refused.
"""

from fixtures.article import COMMENT_10, PROBLEM
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS
from fixtures.probes import OF_SHAPES, rejection
from lstm_lab import always, claim

PLACES = [PROBLEM.at(13), COMMENT_10.at(3, 2)]


@claim(
    "problem/lstm-needs-3d-input",
    "Keras's LSTM layer takes samples, time steps and features, and refuses arrays of fewer or more axes.",
    source=PLACES,
    stance="stated",
    criterion=always(),
    asks=["two_axes_at_build"],
    expect="supported",
    seeds=1,
    seeds_reason="no weight has a part in it",
    control="a layer that completes the shape set before it",
    revised="2026-11: measure; was SUPPORTED",
)
def test_lstm_needs_3d_input(train, broken, observe):
    """A new layer for each array, and one that was built for the right shape before."""
    import keras

    x = train(THREE_CHAR_TIME_STEPS.untrained).samples.x

    def layer():
        lstm = keras.layers.LSTM(8)
        return keras.Sequential([keras.layers.Reshape((-1, 1)), lstm]) if broken else lstm

    built = layer()
    built(x)
    taken = {name: [_taken(layer(), array), _taken(built, array)] for name, array in _of_axes(x).items()}
    observe(
        all(took == (name == "three_axes") for name, each in taken.items() for took in each),
        **{name: all(each) for name, each in taken.items()},
    )


@claim(
    "problem/lstm-needs-3d-input-model",
    "A Keras model with an LSTM layer takes samples, time steps and features, and refuses arrays of fewer or more "
    "axes.",
    source=PLACES,
    stance="strict",
    criterion=always(),
    asks=["two_axes_in_fit"],
    expect="refuted",
    seeds=1,
    seeds_reason="no weight has a part in it",
    holds_with="models that give their input to the layer as it is",
    revised="2026-11: measure; was REFUTED",
)
def test_lstm_needs_3d_input_model(train, planted, observe):
    """`predict` and `fit` of two models, declared for one and for three time steps; run eagerly, to save tracing.

    Where there is one feature, a model of today's Keras adds a missing last axis, and drops one too many, before the
    layer sees the array. What it answers is right, so the reshaping that the text asks for is done for the reader.
    """
    import keras

    class AsItIs(keras.Model):
        def __init__(self, parts):
            super().__init__()
            self.parts = parts

        def call(self, inputs):
            for part in self.parts:
                inputs = part(inputs)
            return inputs

    taken = {}
    for experiment in (NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS):
        member = train(experiment.untrained)
        model, x, y = member.keras_model(), *member.samples[:2]
        if planted:
            model = AsItIs(model.layers)
        model.compile(loss="categorical_crossentropy", optimizer="adam", run_eagerly=True)
        for name, array in _of_axes(x).items():
            steps = x.shape[1]
            taken[f"predict_{steps}_steps_{name}"] = _taken(model.predict, array, verbose=0)
            taken[f"fit_{steps}_steps_{name}"] = _taken(model.fit, array, y, verbose=0)
    observe(all(took == name.endswith("three_axes") for name, took in taken.items()), **taken)


def _of_axes(x):
    """The same samples with one to four axes."""
    return {"one_axis": x[:, 0, 0], "two_axes": x[..., 0], "three_axes": x, "four_axes": x[..., None]}


def _taken(call, *arrays, **settings):
    """Whether it takes the arrays; Keras refuses shapes with errors of several kinds."""
    return rejection(call, *arrays, kinds=OF_SHAPES, **settings) is None
