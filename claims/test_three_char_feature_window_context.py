"""Claims of the section "Naive LSTM for a Three-Char Feature Window to One-Char Mapping" about context and lift."""

import numpy as np

from fixtures.article import FEATURES
from fixtures.experiments import THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS
from lstm_lab import always, at_least, at_most, claim

ORDER = [2, 0, 1]  # the three letters, moved round by one
TOLERANCE = 1e-9  # in float64 another order of summation leaves some 1e-15
TWENTY = {"seeds": 20, "seeds_reason": "the question is whether 20 repetitions can tell the lift from none"}


@claim(
    "feature-window/more-context",
    "Three letters as features give the network more context: its answer depends on the two earlier letters.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control="a kernel that is blind to the two earlier letters",
)
def test_more_context(three_char_features, broken, observe):
    """The Jacobian of the trained model's 26 outputs by each letter of each window, in float64; none may be zero."""
    import tensorflow as tf

    weights = [one.copy() for one in three_char_features.weights]
    if broken:
        weights[0][:2] = 0
    model = three_char_features.keras_model(dtype="float64")
    model.set_weights(weights)
    with tf.GradientTape(persistent=True) as tape:
        inputs = tf.constant(three_char_features.samples.x, tf.float64)
        tape.watch(inputs)
        outputs = tf.unstack(model(inputs), axis=1)
    jacobian = np.stack([tape.gradient(output, inputs)[:, 0] for output in outputs])  # (26, 23, 3)
    size = np.abs(jacobian).max(axis=0)
    median = np.median(size, axis=0)
    observe(size[:, :2].min() > 0, by_first_letter=median[0], by_second_letter=median[1], by_last_letter=median[2])


@claim(
    "feature-window/more-context-scrambled",
    "The model of three features uses the two earlier letters: with those of other windows it answers worse.",
    source=FEATURES,
    criterion=at_least(0.5),
    expect="supported",
)
def test_more_context_scrambled(three_char_features, observe):
    """Each window gets the two earlier letters of each of the 22 others; the mean accuracy is held against its own.

    Worse is a fall of more than one window, 1/23, the smallest step of the accuracy: without a margin, an untrained
    model that answers a single window rightly by chance counts as well.

    That an input is used does not say that it tells anything: the last letter alone decides the next one.
    """
    x, y = three_char_features.samples[:2]
    scrambled = [np.concatenate([np.roll(x[..., :2], by, axis=0), x[..., 2:]], axis=-1) for by in range(1, len(x))]
    answers = three_char_features.outputs(np.concatenate(scrambled)).argmax(axis=-1)
    accuracy = (answers == np.tile(y.argmax(axis=-1), len(scrambled))).mean()
    observe(
        three_char_features.accuracy - accuracy > 1 / len(x) + TOLERANCE,
        accuracy=three_char_features.accuracy,
        accuracy_scrambled=accuracy,
    )


@claim(
    "feature-window/not-more-sequence",
    "Three letters as features are no sequence: their order has no meaning to the network.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control="the three letters as time steps instead",
)
def test_not_more_sequence(train, broken, observe):
    """The columns of the inputs and the rows of the kernel are reordered alike, trained and untrained: same outputs.

    Time steps share one kernel row, so there is nothing to reorder beside the inputs.
    """
    experiment = THREE_CHAR_TIME_STEPS if broken else THREE_CHAR_FEATURES
    distances = []
    for member in (train(experiment), train(experiment.untrained)):
        model = member.keras_model(dtype="float64")
        outputs = np.asarray(model(member.samples.x))
        x, weights = _reordered(member)
        model.set_weights(weights)
        distances.append(np.abs(np.asarray(model(x)) - outputs).max())
    observe(max(distances) <= TOLERANCE, distance=max(distances))


@claim(
    "feature-window/not-more-sequence-training",
    "Three letters as features are no sequence: their order has no meaning to the training either.",
    source=FEATURES,
    criterion=always(),
    expect="supported",
    control="the three letters as time steps instead",
)
def test_not_more_sequence_training(train, broken, observe):
    """The same for the weights after three updates by Keras's own optimizer in float64, from reordered kernel rows."""
    member = train((THREE_CHAR_TIME_STEPS if broken else THREE_CHAR_FEATURES).untrained)
    x, weights = _reordered(member)
    trained = _after_three_updates(member, member.samples.x, member.weights)
    reordered = _after_three_updates(member, x, weights)
    if not broken:
        trained[0] = trained[0][ORDER]
    distance = max(np.abs(one - other).max() for one, other in zip(trained, reordered, strict=True))
    moved = max(np.abs(one - other).max() for one, other in zip(reordered, weights, strict=True))
    assert moved > 0.001, "nothing was trained at all"
    observe(distance <= TOLERANCE, distance=distance, moved=moved)


def _reordered(member):
    """The inputs with the three letters in another order, and the weights with the kernel rows in that order."""
    x, weights = member.samples.x, list(member.weights)
    if x.shape[1] == 3:
        return x[:, ORDER], weights
    weights[0] = weights[0][ORDER]
    return x[..., ORDER], weights


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


@claim(
    "feature-window/lift-may-not-be-real",
    "The lift by three letters as features is not real: on the same targets at most half of the seeds show one.",
    source=FEATURES,
    criterion=at_most(0.5),
    expect="refuted",
    contradicts=["feature-window/small-lift"],
    control="the three letters as time steps instead",
    **TWENTY,
)
def test_lift_may_not_be_real(three_char_features, naive_same_targets, three_char_time_steps, broken, observe):
    """Were there none, at most half of the seeds would show a lift; refuted is that when it is shown to be more.

    First declared was another rule: it may not be real if the 95 % interval of the mean lift over 20 seeds includes 0.
    But a lift that is not shown is not shown to be absent, and a test here measures one seed; so what is judged is the
    share of seeds, which can support, refute or leave open that there is no lift. The lift of each seed is shown with
    the interval of its median; `feature-window/small-lift-same-targets` is the same comparison over 30 seeds and has
    the mean lift with its interval, which excludes 0.
    """
    three_letters = three_char_time_steps if broken else three_char_features
    lift = three_letters.accuracy - naive_same_targets.accuracy
    observe(lift > 1e-9, lift=lift)


@claim(
    "feature-window/lift-may-not-be-real-own-patterns",
    "The lift by three letters as features is not real: as the article compares, at most half of the seeds show one.",
    source=FEATURES,
    criterion=at_most(0.5),
    expect="inconclusive",
    contradicts=["feature-window/small-lift"],
    control="the three letters as time steps instead",
    **TWENTY,
)
def test_lift_may_not_be_real_own_patterns(three_char_features, naive_one_char, three_char_time_steps, broken, observe):
    """23 windows against 25 letters; half a letter is the margin, as for the lift itself.

    As on the same targets, the share of seeds is judged in place of the rule first declared, whether the 95 % interval
    of the mean lift over 20 seeds includes 0. `feature-window/small-lift` is the same comparison over 30 seeds and has
    the mean lift with its interval, which excludes 0: by the first rule the lift is real here, too, though less than a
    letter.
    """
    three_letters = three_char_time_steps if broken else three_char_features
    lift = three_letters.accuracy - naive_one_char.accuracy
    observe(lift > 0.02, lift=lift)
