"""Claims of the section "Naive LSTM for a Three-Char Time Step Window to One-Char Mapping": what is changed, and where.

Against the first model, and against the one that is given the same three letters as features.
"""

import numpy as np

from fixtures.article import FEATURES, TIME_STEPS
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS
from lstm_lab import always, claim


@claim(
    "time-steps/only-sequence-length-changes",
    "From one letter to three as time steps, only the length of the sequence changes: the network has the same 4352 "
    "weights in its LSTM and the same initial values.",
    source=TIME_STEPS.at(2),
    stance="stated",
    criterion=always(),
    expect="supported",
    control="three features of one step instead of three steps",
)
def test_only_sequence_length_changes(train, broken, observe):
    """The settings of every Keras layer, the size of every weight, and the initial values of one seed bit for bit.

    The code path is one, too: the model built for one step takes three and answers as the model built for three does,
    within 1e-6, which covers the order of float32 sums on outputs of size one.
    """
    one = train(NAIVE_ONE_CHAR.untrained)
    three = train((THREE_CHAR_FEATURES if broken else THREE_CHAR_TIME_STEPS).untrained)
    single, triple = one.keras_model(), three.keras_model()
    weights = [model.layers[0].count_params() for model in (single, triple)]
    same = weights == [4352, 4352] and _settings(single) == _settings(triple)
    if same:
        pairs = zip(one.weights, three.weights, strict=True)
        distance = np.abs(np.asarray(single(three.samples.x)) - np.asarray(triple(three.samples.x))).max()
        same = all(np.array_equal(first, second) for first, second in pairs) and distance <= 1e-6
    observe(same, weights_for_one_letter=weights[0], weights_for_three=weights[1])


@claim(
    "time-steps/difference-is-the-reshape",
    "Three letters as time steps and the same three as features are the same numbers in another shape.",
    source=[TIME_STEPS.at(4), FEATURES.at(10, 2)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="each window's letters in reverse order as features",
    revised="2026-11: seeds; was SUPPORTED",
    seeds=1,
    seeds_reason="data and settings hang on no seed, nothing is drawn",
)
def test_difference_is_the_reshape(train, broken, observe):
    """Bit for bit, targets and settings of the network and of the training too.

    The shape of the input decides the size of the kernel, one row for each feature, so the features bring 256 more
    weights; that is shown.
    """
    steps, features = train(THREE_CHAR_TIME_STEPS.untrained), train(THREE_CHAR_FEATURES.untrained)
    x = features.samples.x[..., ::-1] if broken else features.samples.x
    same_data = np.array_equal(steps.samples.x.reshape(x.shape), x) and np.array_equal(
        steps.samples.y, features.samples.y
    )
    of_steps, of_features = steps.keras_model(), features.keras_model()
    same_setup = (
        _settings(of_steps) == _settings(of_features) and THREE_CHAR_TIME_STEPS.regime == THREE_CHAR_FEATURES.regime
    )
    observe(
        same_data and same_setup,
        weights_of_lstm_time_steps=of_steps.layers[0].count_params(),
        weights_of_lstm_features=of_features.layers[0].count_params(),
    )


def _settings(model):
    """The settings of the layers and of the optimizer, without the names that Keras counts up, and the loss."""
    parts = [part.get_config() for part in (*model.layers, model.optimizer)]
    return [{key: value for key, value in part.items() if key != "name"} for part in parts], model.loss
