"""Claims of the section "Naive LSTM for a Three-Char Time Step Window to One-Char Mapping": the whole alphabet."""

import numpy as np

from fixtures.article import TIME_STEPS
from fixtures.experiments import STATEFUL_ONE_CHAR, STATEFUL_ONE_CHAR_50
from lstm_lab import ALPHABET, at_least, case, claim


@claim(
    "time-steps/cannot-enumerate",
    "Given A, B, C and then its own answers, the model does not say the alphabet from D to Z.",
    source=TIME_STEPS,
    criterion=at_least(0.8),
    expect="refuted",
    contradicts=["time-steps/learns-perfectly", "time-steps/predicts-next-from-three"],
    control="5000 epochs instead of 500",
)
def test_cannot_enumerate(three_char_time_steps, three_char_time_steps_milestones, broken, observe):
    """Each answer is appended and the window of three letters moves on by one, 23 times.

    As long as it goes right it passes through the windows of the training, so a model that has learned all of them
    enumerates, and only that one does.
    """
    said = _enumerated(three_char_time_steps_milestones if broken else three_char_time_steps)
    observe(said != ALPHABET[3:], said=said)


@claim(
    "time-steps/cannot-enumerate-from-a",
    "Given A alone, zero-padded to three steps, the model does not answer B.",
    source=TIME_STEPS,
    criterion=at_least(0.8),
    expect="supported",
    control="a model trained on one letter three times",
)
def test_cannot_enumerate_from_a(three_char_time_steps, repeated_letter_time_steps, broken, observe):
    """The code of A is zero, so padding makes it A, A, A.

    B is the target of no window: 500 epochs taught the model never to answer it. The model of the control is given
    each of the 25 letters three times.
    """
    answer = (repeated_letter_time_steps if broken else three_char_time_steps).outputs(np.zeros((1, 3, 1), np.float32))
    letter = ALPHABET[int(answer[0].argmax())]
    observe(letter != "B", answer=letter)


@claim(
    "time-steps/cannot-enumerate-from-a-in-one-step",
    "Given A alone as a single time step, the model does not answer B.",
    source=TIME_STEPS,
    criterion=at_least(0.8),
    expect="supported",
    control="a model of single letters after 5000 epochs",
)
def test_cannot_enumerate_from_a_in_one_step(three_char_time_steps, naive_5000, broken, observe):
    """The second reading: the same weights take one step as well as three. Here, too, B was never a target."""
    answer = (naive_5000 if broken else three_char_time_steps).outputs(np.zeros((1, 1, 1), np.float32))
    letter = ALPHABET[int(answer[0].argmax())]
    observe(letter != "B", answer=letter)


@claim(
    "time-steps/should-learn-whole-alphabet",
    "An LSTM that keeps its state learns the whole alphabet ({units} units).",
    source=TIME_STEPS,
    criterion=at_least(0.8),
    expect="supported",
    cases=[
        case(units=50, model=STATEFUL_ONE_CHAR_50),
        case("16-units", units=16, model=STATEFUL_ONE_CHAR),
    ],
)
def test_should_learn_whole_alphabet(model, observe):
    """The letters A to Y one by one from a reset, each the true one whatever was answered before."""
    observe(model.accuracy == 1.0, accuracy=model.accuracy)


def _enumerated(member):
    """From A, B, C, the 23 answers of the model, each of which is the last letter of the next window."""
    ensemble = member.ensemble

    def probe():
        said = ["ABC"] * len(ensemble.seeds)
        for _ in range(23):
            windows = np.stack([ensemble.problem.encode(one[-3:])[None] for one in said])
            codes = ensemble.outputs(windows).argmax(axis=-1)[:, 0]
            said = [one + ALPHABET[code] for one, code in zip(said, codes, strict=True)]
        return [one[3:] for one in said]

    return ensemble.memoize("enumerated", probe)[member.index]
