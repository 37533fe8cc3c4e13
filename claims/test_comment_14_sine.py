"""Claims of comment 14 (Manisha, 2016-12-14) about a sine that is predicted from true values and from its own.

The posted program (Theano, its own recurrent cell) has lost lines, so its task is built anew in Keras: an LSTM of 32
units gives the next value at every step of 31 stretches of 200 steps of 0.01 radians from 0 on, 300 epochs. It is asked
on six stretches that begin halfway between the phases at which those of the training begin, at least 0.12 radians from
each; their values have a variance of about a half. The posted program asks from 20 pi on, a whole number of periods
after 0, where the sine repeats what was trained on.
"""

import dataclasses
import math

import numpy as np

from lstm_lab import Comment, Sine, at_least, beats, claim, layer

COMMENT = Comment(14, "Manisha", "2016-12-14")

# Training begins every 2 radians, which is about 7 pi every 22: its phases lie pi / 11 apart, these halfway between.
UNSEEN = Sine(windows=6, length=200, begin=20 * math.pi + math.pi / 22)
HALF_THE_VARIANCE = 0.25
WARM_UP = 50


@claim(
    "comment-14/teacher-forced-curve-is-good",
    "Given the true value at every step, the model predicts the next value of the sine well.",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
)
def test_teacher_forced_curve_is_good(sine, observe):
    """Mean squared error at most 0.01, on stretches that are not trained on: the posted program's own are.

    Steps are so small that repeating the last value is far below 0.01, too: see copying.
    """
    x, y = UNSEEN.samples(0)[:2]
    ensemble = sine.ensemble
    told = ensemble.memoize("teacher forced", lambda: ensemble.outputs(x))[sine.index]
    error = float(np.square(told - y).mean())
    observe(error <= 0.01, error=error, error_of_copying=float(np.square(x - y).mean()))


@claim(
    "comment-14/free-running-curve-is-bad",
    "Given one true value and then its own answers, the state carried, the model predicts the sine badly.",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
    control="the true value given at every step",
)
def test_free_running_curve_is_bad(sine, broken, observe):
    """200 steps from each of six true values: mean squared error at least 0.25, half the variance of the values."""
    error = _error(sine, fed=200 if broken else 1)
    observe(error >= HALF_THE_VARIANCE, error=error, error_of_repeating_the_first_value=_error_of_repeating(0))


@claim(
    "comment-14/free-running-curve-is-bad-state-zeroed",
    "Given one true value and then its own answers, the state zeroed at every step, the model predicts the sine badly.",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
    control="the true value given at every step",
)
def test_free_running_curve_is_bad_state_zeroed(sine, broken, observe):
    """As the posted program does, which hands the same zero state to every call.

    Without a state an answer depends on the one before it alone. So the answers creep to a fixed value and stop there:
    shown are the mean size of the last answer and how far it still moved.
    """
    error = _error(sine, fed=200 if broken else 1, carries=False)
    last = _answers(sine, 0, 1, False)[:, -2:]
    observe(
        error >= HALF_THE_VARIANCE,
        error=error,
        error_of_repeating_the_first_value=_error_of_repeating(0),
        size_of_last_answer=float(np.abs(last[:, 1]).mean()),
        last_step=float(np.abs(last[:, 1] - last[:, 0]).mean()),
    )


@claim(
    "comment-14/can-be-made-to-work",
    "Running free is made to work by carrying the state and feeding 50 true values first: that halves the error.",
    source=COMMENT,
    criterion=beats(),
    expect="refuted",
)
def test_can_be_made_to_work(sine, observe):
    """The 151 answers from the 50th value on: at most half the mean squared error that there is without the other 49.

    Both run free from the 50th value, one warmed up, one after a reset. Errors are taken as negative, so that more is
    better, and that without a warm-up is halved. In the median both are much alike and more than that of repeating the
    last true value. Given true values the answers are nearly right (`comment-14/teacher-forced-curve-is-good`): what
    runs away is feeding them back.
    """
    _observe_halved(observe, sine, sine)


@claim(
    "comment-14/can-be-made-to-work-more-training",
    "Running free is made to work by carrying the state, feeding 50 true values first and training for 1000 epochs "
    "instead of 300: that halves the error.",
    source=COMMENT,
    criterion=beats(),
    expect="inconclusive",
)
def test_can_be_made_to_work_more_training(sine_1000, sine, observe):
    """Measured as after 300 epochs: the model of 1000 warmed up, against half the error of that of 300 without.

    It is a gamble: with some seeds the error becomes a small part of what it was, with others several times as much.
    """
    _observe_halved(observe, sine_1000, sine)


@claim(
    "comment-14/can-be-made-to-work-more-training-warm-up",
    "After 1000 epochs, too, feeding 50 true values first halves the error of running free.",
    source=COMMENT,
    criterion=beats(),
    expect="inconclusive",
)
def test_can_be_made_to_work_more_training_warm_up(sine_1000, observe):
    """As after 300 epochs, both errors of the model of 1000: what the warm-up does, apart from the training.

    At its bar, and once recorded as refuted: with sums rounded in another order, it held in 9 of the 30 seeds. After
    hundreds of epochs, another rounding is as good as another draw of the seeds.
    """
    _observe_halved(observe, sine_1000, sine_1000)


def _observe_halved(observe, warmed, unwarmed):
    """Observe whether the error after a warm-up is below half of that without, with their ratio."""
    warm, cold = _error(warmed, fed=WARM_UP), _error(unwarmed, begin=WARM_UP - 1)
    observe(
        -warm,
        against=-cold / 2,
        error_after_warm_up=warm,
        error_without_warm_up=cold,
        ratio=warm / cold,
        error_of_repeating_the_last_true_value=_error_of_repeating(WARM_UP - 1),
    )


def _error_of_repeating(begin):
    """Mean squared error of giving the value at `begin` as every answer from there to the end of the stretch."""
    x, y = UNSEEN.samples(0)[:2]
    return float(np.square(x[:, begin, None] - y[:, begin:]).mean())


def _error(member, begin=0, fed=1, carries=True):
    """Mean squared error of the answers from the last true value on."""
    answers = _answers(member, begin, fed, carries)
    return float(np.square(answers - UNSEEN.samples(0).y[:, -answers.shape[1] :]).mean())


def _answers(member, begin, fed, carries):
    """Those answers, for each stretch.

    From a reset, the true values `begin` to `begin + fed - 1` are fed, then the model's own answers to the end of the
    stretch; the answers to all but the last of the true values are not counted, unless all values are true.
    """
    ensemble = member.ensemble
    x = UNSEEN.samples(0).x
    length = x.shape[1]

    def probe():
        stepwise = _stepwise(ensemble)
        zeros = [np.zeros((len(ensemble.seeds), len(x), 32), np.float32)] * 2
        states, answers = zeros, []
        for step in range(begin, length):
            true = np.broadcast_to(x[:, step, None], (len(ensemble.seeds), len(x), 1, 1))
            answer, states = stepwise.predict_from_states(true if step < begin + fed else answers[-1], states=states)
            answers.append(answer.reshape(len(ensemble.seeds), len(x), 1, 1))
            if not carries:
                states = zeros
        counted = 0 if begin + fed >= length else fed - 1
        return np.concatenate(answers[counted:], axis=2)

    return ensemble.memoize(("free run", begin, fed, carries), probe)[member.index]


def _stepwise(ensemble):
    """The ensemble with six rows of states, to be fed one step at a time."""
    experiment = ensemble.experiment
    network = dataclasses.replace(
        experiment.network,
        layers=(layer("LSTM", 32, return_sequences=True, stateful=True), experiment.network.layers[1]),
    )
    problem = Sine(windows=UNSEEN.windows, length=1, begin=UNSEEN.begin)
    stepwise = experiment.but(problem=problem, network=network, batch_size=UNSEEN.windows)
    return dataclasses.replace(ensemble, experiment=stepwise)
