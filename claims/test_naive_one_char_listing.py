"""Claims of the section "Naive LSTM for Learning One-Char to One-Char Mapping" about how the model is set up.

Its output layer, its loss, its budget, and its predictions beside its evaluation; all are asked of Keras itself.
"""

import numpy as np
import pytest

from fixtures.article import COMMENT_8_REPLY_2, NAIVE, TIME_STEPS
from fixtures.experiments import NAIVE_ONE_CHAR
from fixtures.probes import rejection
from lstm_lab import always, claim, recurrent_classifier

TRACING = "a seed costs about a second of Keras's own tracing"


@claim(
    "naive-one-char/single-output-neuron",
    "One output neuron with a softmax is enough for the 26 letters.",
    source=[NAIVE.at(3, 1), COMMENT_8_REPLY_2.at(4, 2)],
    stance="stated",
    criterion=always(),
    expect="refuted",
    holds_with="a neuron for each of the 26 letters",
)
@pytest.mark.filterwarnings("ignore:.*You are using a softmax over axis", "ignore:In loss categorical_crossentropy")
def test_single_output_neuron(seed, planted, observe):
    """Enough would mean: `train_on_batch` takes the one-hot targets, and some weight moves some output.

    A softmax over one neuron is 1 whatever the weights are, as Keras warns, so its gradient is exactly zero.

    Its author would answer that the listing has 26 neurons. So it has; that does not save the sentence, because who
    builds what it says has a model that Keras does not train on the targets. He says one neuron again in a reply.
    """
    import keras

    keras.utils.set_random_seed(seed)
    samples = NAIVE_ONE_CHAR.problem.samples(seed)
    network = recurrent_classifier(32, classes=26 if planted else 1)
    takes_targets, gradient, spread = _what_it_can(network.build((1, 1)), samples)
    observe(takes_targets and gradient > 0 and spread > 0, takes_targets=takes_targets, gradient=gradient)


def _what_it_can(model, samples):
    """Whether Keras trains it on the targets; its largest gradient; how far its outputs for 25 letters lie apart."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        outputs = model(samples.x)
        weighed = tf.reduce_sum(outputs * np.random.default_rng(0).normal(size=outputs.shape).astype(np.float32))
    gradient = max(float(tf.reduce_max(tf.abs(part))) for part in tape.gradient(weighed, model.trainable_variables))
    spread = float(tf.reduce_max(tf.reduce_max(outputs, axis=0) - tf.reduce_min(outputs, axis=0)))
    model.compile(loss="categorical_crossentropy", optimizer="adam", run_eagerly=True)
    refused = rejection(model.train_on_batch, samples.x, samples.y, kinds=ValueError, match="same shape")
    return refused is None, gradient, spread


@claim(
    "naive-one-char/log-loss-is-categorical-crossentropy",
    "Keras's categorical cross-entropy is the log loss: the mean negative logarithm of the right letter's probability.",
    source=NAIVE.at(3, 2),
    stance="stated",
    criterion=always(),
    expect="supported",
    seeds=2,
    seeds_reason=TRACING,
    control="mean squared error as the model's loss",
)
def test_log_loss_is_categorical_crossentropy(train, naive_one_char, broken, observe):
    """Keras's own `evaluate`, trained and untrained, against the formula and against SciPy's relative entropy.

    Within 1e-5: Keras sums float32 numbers of about one.
    """
    from scipy.special import rel_entr

    model = naive_one_char.keras_model()
    if broken:
        model.compile(loss="mean_squared_error", metrics=["accuracy"], jit_compile=False)
    x, y = naive_one_char.samples[:2]
    distances = []
    for member in (naive_one_char, train(NAIVE_ONE_CHAR.untrained)):
        model.set_weights(member.weights)
        told = model.evaluate(x, y, verbose=0, return_dict=True)["loss"]
        probabilities = np.asarray(model(x), dtype=np.float64)
        by_hand = -np.log(probabilities[y == 1]).mean()
        by_scipy = rel_entr(y, probabilities).sum(axis=1).mean()
        distances += [abs(told - by_hand), abs(told - by_scipy)]
    observe(max(distances) <= 1e-5, largest_distance=max(distances))


@claim(
    "naive-one-char/fit-500-epochs-batch-1",
    "The LSTM has 32 units, and 500 epochs with batches of one letter are 12 500 updates.",
    source=[NAIVE.at(4), NAIVE.at(3, 1)],
    stance="probe",
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason="a count of updates hangs on no seed, and Keras's own `fit` costs about a second",
    control="batches of five letters instead of one",
    revised="2026-11: statement, measure; was SUPPORTED",
)
def test_fit_500_epochs_batch_1(train, broken, observe):
    """What the Keras optimizer counted in the training of 500 epochs, and 500 times what it counts in one of `fit`.

    The units are told by the layer of the Keras model. The text gives the settings; the count of updates, on which
    comparisons of batches rest, is what follows from them.
    """
    member = train(NAIVE_ONE_CHAR.but(batch_size=5) if broken else NAIVE_ONE_CHAR)
    counted = int(member.ensemble.snapshot.moments[0])  # the optimizer's first variable is its count of updates
    model = member.keras_model(to_fit=True)
    before = int(model.optimizer.iterations)
    model.fit(*member.samples[:2], batch_size=member.experiment.regime.batch_size, verbose=0)
    each_epoch = int(model.optimizer.iterations) - before
    units = model.layers[0].units
    observe(
        units == 32 and counted == 500 * each_epoch == 12500,
        units=units,
        updates=counted,
        updates_in_an_epoch_of_fit=each_epoch,
    )


@claim(
    "naive-one-char/predictions-agree-with-evaluation",
    "The predictions for the training patterns, made one by one, agree with the evaluated accuracy.",
    source=[NAIVE.at(6), NAIVE.at(5), TIME_STEPS.at(7)],
    stance="stated",
    criterion=always(),
    expect="supported",
    seeds=2,
    seeds_reason=TRACING,
    control="predictions by the untrained model beside the trained one's evaluation",
    revised="2026-11: statement, measure; was SUPPORTED",
)
def test_predictions_agree_with_evaluation(train, naive_one_char, three_char_time_steps, broken, observe):
    """Keras's own `evaluate` (batches of 32, as in the listings) and `predict` (batches of one) on the same patterns,
    of the model of one letter, which errs, and of that of three time steps, which hardly does."""
    figures, apart = {}, []
    for name, member in (("one_letter", naive_one_char), ("three_time_steps", three_char_time_steps)):
        model = member.keras_model(to_fit=True)
        x, y = member.samples[:2]
        evaluated = model.evaluate(x, y, verbose=0, return_dict=True)["accuracy"]
        if broken:
            model.set_weights(train(member.experiment.untrained).weights)
        predicted = model.predict(x, batch_size=1, verbose=0)
        right = int((predicted.argmax(axis=1) == y.argmax(axis=1)).sum())
        apart.append(abs(len(x) * evaluated - right))
        figures |= {f"right_{name}": right, f"evaluated_{name}": round(evaluated, 6)}
    observe(max(apart) < 1e-3, **figures)
