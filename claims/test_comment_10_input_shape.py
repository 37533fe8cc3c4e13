"""Claims of comment 10 (Madhav, 2016-10-04, and the reply) about the shape of the input and what a feature is."""

import numpy as np

from fixtures.experiments import THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS
from fixtures.probes import OF_SHAPES, rejection
from lstm_lab import Comment, always, claim

COMMENT = Comment(10, "Madhav", "2016-10-04")
REPLY = Comment(10, "Jason Brownlee", "2016-10-05")

STEPS = 3
SHAPES = {1: (4,), 2: (4, STEPS), 3: (4, STEPS, 1), 4: (4, STEPS, 1, 1)}  # by rank: four samples of three letters


@claim(
    "comment-10/keras-requires-samples-steps-features",
    "Keras's LSTM layer takes arrays of rank three, samples by time steps by features, and no others.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control="a dense layer instead of an LSTM",
)
def test_keras_requires_samples_steps_features(broken, seed, observe):
    """A fresh layer is called on arrays of ranks 1 to 4; it must refuse all but rank 3."""
    import keras

    keras.utils.set_random_seed(seed)
    taken = [
        rank
        for rank, shape in SHAPES.items()
        if _takes(keras.layers.Dense(4) if broken else keras.layers.LSTM(4), np.zeros(shape, np.float32))
    ]
    observe(taken == [3], ranks_taken=str(taken))


@claim(
    "comment-10/keras-requires-samples-steps-features-model",
    "A model that begins with an LSTM takes arrays of rank three, samples by time steps by features, and no others.",
    source=COMMENT,
    criterion=always(),
    expect="refuted",
    control="a model of a dense layer instead",
    seeds=2,
    seeds_reason="what shapes are taken does not depend on the weights, and each seed builds four models",
)
def test_keras_requires_samples_steps_features_model(train, broken, observe):
    """The article's model of three time steps, called on ranks 1 to 4, a new model for each.

    Where there is one feature, the model itself adds a missing last axis, and drops one too many, before the layer
    sees the array. So it is true of the layer all the same.
    """
    import keras

    member = train(THREE_CHAR_TIME_STEPS.untrained)
    taken = []
    for rank, shape in SHAPES.items():
        model = keras.Sequential([keras.layers.Dense(4)]) if broken else member.keras_model()
        if _takes(model, np.zeros(shape, np.float32)):
            taken.append(rank)
    observe(taken == [3], ranks_taken=str(taken))


@claim(
    "comment-10/features-are-columns",
    "The features are the columns of the input: the LSTM's kernel has a row for each, their order is of no account.",
    source=REPLY,
    criterion=always(),
    expect="supported",
    control="columns exchanged, rows of the kernel kept",
)
def test_features_are_columns(train, seed, broken, observe):
    """Exchanging columns and rows of the kernel alike leaves the outputs as they were.

    In float64, within 1e-12: exchanged terms are only summed in another order. Inputs are standard normal.
    """
    member = train(THREE_CHAR_FEATURES.untrained)
    model = member.keras_model(dtype="float64")
    layer = model.layers[0]
    kernel, *others = layer.get_weights()
    random = np.random.default_rng(seed)
    x = random.normal(size=(8, 1, 3))
    before = model(x).numpy()
    order = [1, 2, 0]
    if not broken:
        layer.set_weights([kernel[order], *others])
    distance = float(np.abs(model(x[..., order]).numpy() - before).max())
    observe(len(kernel) == 3 and distance < 1e-12, rows_of_the_kernel=len(kernel), distance=distance)


def _takes(layer, x):
    """Whether it computes an output for x."""
    return rejection(layer, x, kinds=OF_SHAPES) is None
