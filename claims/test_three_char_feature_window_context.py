"""Claims of the section "Naive LSTM for a Three-Char Feature Window to One-Char Mapping": more context, no sequence."""

import numpy as np

from fixtures.article import COMMENT_10, COMMENT_10_REPLY_1, FEATURES
from fixtures.experiments import THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS
from lstm_lab import always, at_least, claim

ORDER = [2, 0, 1]  # the three letters, moved round by one
TOLERANCE = 1e-9  # in float64 another order of summation leaves some 1e-15
HALF_A_WINDOW = 0.02  # of 23


@claim(
    "feature-window/more-context",
    "Three letters as features give the network more context, which it uses: with the two earlier letters of other "
    "windows it answers worse.",
    source=[FEATURES.at(10, 3), FEATURES.at(2, 2)],
    stance="stated",
    criterion=at_least(0.5),
    measure="accuracy on the 23 windows, with the letters of the window and with others",
    expect="supported",
    control="a kernel that is blind to the two earlier letters",
    revised="2026-11: statement, measure, criterion; was SUPPORTED",
)
def test_more_context(three_char_features, broken, observe):
    """Each window gets the two earlier letters of each of the 22 others; the mean accuracy is held against its own, and
    worse is a fall by more than half a window.

    That an input is used does not say that it tells anything: the last letter alone decides the next one.
    """
    x, y = three_char_features.samples[:2]
    scrambled = [np.concatenate([np.roll(x[..., :2], by, axis=0), x[..., 2:]], axis=-1) for by in range(len(x))]
    outputs = _blind(three_char_features) if broken else three_char_features.outputs
    answers = outputs(np.concatenate(scrambled)).argmax(axis=-1).reshape(len(x), len(x))
    own, *others = (answers == y.argmax(axis=-1)).mean(axis=1)
    observe(own - np.mean(others) > HALF_A_WINDOW, accuracy=own, accuracy_scrambled=np.mean(others))


def _blind(member):
    """The outputs of the trained model with the two earlier letters' weights at zero."""
    kernel, *rest = member.weights
    kernel = kernel.copy()
    kernel[:2] = 0
    model = member.keras_model()
    model.set_weights([kernel, *rest])
    return model.predict_on_batch


@claim(
    "feature-window/not-more-sequence",
    "Three letters as features are no sequence: their order has no meaning to the network, nor to its training.",
    source=[FEATURES.at(10, 3), FEATURES.at(10, 2), COMMENT_10.at(3, 3), COMMENT_10_REPLY_1.at(2)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="the three letters as time steps instead",
    revised="2026-11: statement, measure; was SUPPORTED",
)
def test_not_more_sequence(train, broken, observe):
    """The columns of the inputs and the rows of the kernel are reordered alike: same outputs, trained and untrained,
    and same weights after three updates by Keras's own optimizer, but for the order of the rows; all in float64.

    Time steps share one kernel row, so there is nothing to reorder beside the inputs.
    """
    experiment = THREE_CHAR_TIME_STEPS if broken else THREE_CHAR_FEATURES
    outputs_apart = []
    for member in (train(experiment), train(experiment.untrained)):
        model = member.keras_model(dtype="float64")
        outputs = np.asarray(model(member.samples.x))
        x, weights = _reordered(member)
        model.set_weights(weights)
        outputs_apart.append(np.abs(np.asarray(model(x)) - outputs).max())
    weights_apart, moved = _apart_after_updates(train(experiment.untrained), broken)
    assert moved > 0.001, "nothing was trained at all"
    observe(
        max(*outputs_apart, weights_apart) <= TOLERANCE,
        distance_of_outputs=max(outputs_apart),
        distance_of_weights=weights_apart,
        moved=moved,
    )


def _reordered(member):
    """The inputs with the three letters in another order, and the weights with the kernel rows in that order."""
    x, weights = member.samples.x, list(member.weights)
    if x.shape[1] == 3:
        return x[:, ORDER], weights
    weights[0] = weights[0][ORDER]
    return x[..., ORDER], weights


def _apart_after_updates(member, shared_row):
    """How far trained weights and those trained reordered lie apart, and how far the training moved them."""
    x, weights = _reordered(member)
    trained = _after_three_updates(member, member.samples.x, member.weights)
    reordered = _after_three_updates(member, x, weights)
    if not shared_row:
        trained[0] = trained[0][ORDER]
    apart = max(np.abs(one - other).max() for one, other in zip(trained, reordered, strict=True))
    return apart, max(np.abs(one - other).max() for one, other in zip(reordered, weights, strict=True))


def _after_three_updates(member, x, weights):
    import tensorflow as tf

    model = member.keras_model(dtype="float64")
    model.set_weights(weights)
    loss = member.experiment.network.loss_function()
    for _ in range(3):
        with tf.GradientTape() as tape:
            now = loss(member.samples.y, model(x, training=True))
        gradients = tape.gradient(now, model.trainable_variables)
        model.optimizer.apply(gradients, model.trainable_variables)
    return model.get_weights()
