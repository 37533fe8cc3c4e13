"""Claims of the section "Problem Description: Learn the Alphabet" about the shape of the input.

The text, and a reader in comment 10, say that LSTM networks expect samples, time steps and features. Arrays of one to
four axes are given to models, as listings do, and apart from that to the layer alone.
"""

import numpy as np

from fixtures.article import COMMENT_10, PROBLEM
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS
from fixtures.probes import OF_SHAPES, rejection
from lstm_lab import always, claim


@claim(
    "problem/lstm-needs-3d-input",
    "Keras's LSTM layer takes samples, time steps and features, and refuses arrays of fewer or more axes.",
    source=[PROBLEM.at(13), COMMENT_10.at(3, 2)],
    stance="stated",
    criterion=always(),
    asks=["two_axes_at_build"],
    expect="supported",
    seeds=1,
    seeds_reason="no weight has a part in it",
    control="a layer that completes the shape set before it",
    revised="2026-11: measure, stance; was SUPPORTED",
)
def test_lstm_needs_3d_input(seed, broken, observe):
    """A new layer for each array, and one that was built for the right shape before. That the text expects this format
    is measured here; that one needs to reshape is `problem/lstm-needs-3d-input-model`."""
    import keras

    x = THREE_CHAR_TIME_STEPS.problem.samples(seed).x

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
    "A Keras model with an LSTM layer needs samples, time steps and features: where a sequence has one feature, arrays "
    "of fewer or more axes are refused, or answered wrongly.",
    source=PROBLEM.at(13),
    stance="stated",
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="no weight has a part in it",
    holds_with="models that give their input to the layer as it is",
    revised="2026-11: statement, measure; was REFUTED",
)
def test_lstm_needs_3d_input_model(seed, planted, observe):
    """Its author would answer that Keras refused other shapes in 2016, and that to reshape does no harm. It does none;
    that does not save the sentence for who reads it today, because it need not be done.

    He would also answer that the layer does get three axes (`problem/lstm-needs-3d-input`). It does: the model
    completes them, so the reader need not. With several features, as in comment 10, an axis too few is refused; that
    the text's own model of three features takes no other shape of three axes is `feature-window/reshape-required`.

    `predict` and one epoch of `fit` of two models, declared for one and for three time steps, which is what listings
    call; run eagerly, to save tracing. Wrong is another answer than to three axes, or another model after the epoch.
    Today's Keras adds a missing last axis, and drops one too many, before the layer sees the array. One axis alone it
    refuses.
    """
    import keras

    right = {}
    for experiment in (NAIVE_ONE_CHAR, THREE_CHAR_TIME_STEPS):
        x, y = experiment.problem.samples(seed)[:2]
        steps = x.shape[1]

        def model(experiment=experiment, x=x):
            keras.utils.set_random_seed(seed)
            return experiment.network.build(x.shape[1:])

        wanted = _predicted_and_fitted(model(), x, y, planted)
        for name, array in _of_axes(x).items():
            predicted, fitted = _predicted_and_fitted(model(), array, y, planted)
            right[f"predict_{steps}_steps_{name}"] = _same(predicted, wanted[0])
            right[f"fit_{steps}_steps_{name}"] = _same(fitted, wanted[1])
    observe(all(same == name.endswith("three_axes") for name, same in right.items()), **right)


def _predicted_and_fitted(model, x, y, planted):
    """What a new model answers, and its weights after an epoch; None where it refuses the array."""
    import keras

    class AsItIs(keras.Model):
        def __init__(self, parts):
            super().__init__()
            self.parts = parts

        def call(self, inputs):
            for part in self.parts:
                inputs = part(inputs)
            return inputs

    model = AsItIs(model.layers) if planted else model
    model.compile(loss="categorical_crossentropy", optimizer="adam", run_eagerly=True)
    answers = []
    taken = _taken(lambda: answers.append(model.predict(x, verbose=0)))
    fitted = _taken(model.fit, x, y, batch_size=len(x), verbose=0)
    weights = np.concatenate([weight.ravel() for weight in model.get_weights()])
    return answers[0] if taken else None, weights if fitted else None


def _same(one, other):
    """Whether these are the same numbers, but for rounding."""
    return one is not None and one.shape == other.shape and float(np.abs(one - other).max()) < 1e-6


def _of_axes(x):
    """The same samples with one to four axes."""
    return {"one_axis": x[:, 0, 0], "two_axes": x[..., 0], "three_axes": x, "four_axes": x[..., None]}


def _taken(call, *arrays, **settings):
    """Whether it takes the arrays; Keras refuses shapes with errors of several kinds."""
    return rejection(call, *arrays, kinds=OF_SHAPES, **settings) is None
