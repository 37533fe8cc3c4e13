"""Claims of comment 5, and of comment 8 where it asks the same, about a model that answers several letters.

It reads four letters, BCDE, and is to say FGH. At once, 78 output neurons are three softmaxes over the alphabet.
"""

import numpy as np

from fixtures.article import COMMENT_5, COMMENT_8, COMMENT_8_REPLY_1
from fixtures.comment_experiments import AMBIGUOUS_ENCODER_DECODER, ENCODER_DECODER, FOUR_CHAR_TIME_STEPS, THREE_LETTERS
from fixtures.probes import complete, word
from lstm_lab import ALPHABET, Continuations, always, at_least, case, claim

TOLERANCE = 1e-6


@claim(
    "comment-05/extra-output-dimension-is-like-a-window",
    "Letters answered side by side are no sequence to the network: the loss of one does not reach the output weights "
    "of another, and they may be exchanged.",
    source=COMMENT_5.at(2, 2),
    stance="stated",
    criterion=always(),
    expect="supported",
    control="one softmax over all three letters together",
)
def test_extra_output_dimension_is_like_a_window(three_letters, broken, observe):
    """Gradients between different letters exactly zero, those to a letter's own weights not; outputs of exchanged
    weights within 1e-6 of those exchanged.

    The tolerance is for the order of float32 sums; outputs are of size one. What the letters share is the LSTM.
    """
    import keras
    import tensorflow as tf

    model = three_letters.keras_model()
    recurrent, dense = model.layers[:2]
    if broken:
        flat = keras.layers.Softmax(), keras.layers.Reshape((3, 26))
        model = keras.Sequential([keras.Input((4, 1)), recurrent, dense, *flat])
    x, y = three_letters.samples[:2]
    with tf.GradientTape(persistent=True) as tape:
        answers = model(x)
        losses = [-tf.reduce_mean(tf.math.log(tf.reduce_sum(answers[:, j] * y[:, j], axis=-1))) for j in range(3)]
    reached = np.stack([np.abs(tape.gradient(loss, dense.kernel)).reshape(32, 3, 26).max((0, 2)) for loss in losses])
    own = np.eye(3, dtype=bool)
    order = [2, 0, 1]
    dense.set_weights([np.reshape(one, (-1, 3, 26))[:, order].reshape(one.shape) for one in dense.get_weights()])
    distance = np.abs(model(x).numpy() - answers.numpy()[:, order]).max()
    observe(
        bool(reached[own].min() > 0 and reached[~own].max() == 0 and distance <= TOLERANCE),
        largest_gradient_between_letters=float(reached[~own].max()),
        distance_after_exchange=float(distance),
    )


@claim(
    "comment-05/outputs-are-independent",
    "Letters answered side by side are independent: where two words are equally likely, at least half of the words "
    "sampled mix them.",
    source=COMMENT_5.at(2, 3),
    stance="stated",
    criterion=at_least(0.8),
    measure="share of sampled words that mix the two",
    expect="supported",
    control="letter by letter, each fed back",
    revised="2026-11: criterion; was SUPPORTED",
)
def test_outputs_are_independent(ambiguous_words, ambiguous_letters, observe, broken):
    """BCDE is followed by FGH or by QRS, and by nothing else; three independent fair choices mix them in 3 of 4.

    The share is that of infinitely many samples, computed from the probabilities. The model that answers letter by
    letter learns from the same words, and is given what it has said.
    """
    mixed, fed_back = _mixed_at_once(ambiguous_words), _mixed_letter_by_letter(ambiguous_letters)
    observe((fed_back if broken else mixed) >= 0.5, mixed=mixed, mixed_letter_by_letter=fed_back)


@claim(
    "comment-05/outputs-are-independent-encoder-decoder",
    "An encoder and a decoder do not mend that, either: of two words that are equally likely at least half of those "
    "sampled are mixtures.",
    source=COMMENT_5.at(2, 4),
    stance="probe",
    criterion=at_least(0.8),
    expect="supported",
    control="letter by letter, each fed back",
)
def test_outputs_are_independent_encoder_decoder(train, ambiguous_letters, observe, broken):
    """The decoder is told what was read, three times over, and nothing of what it has said: its answers are as
    independent as three softmaxes. What mends it is to feed back what was said, letter by letter."""
    mixed, fed_back = _mixed_at_once(train(AMBIGUOUS_ENCODER_DECODER)), _mixed_letter_by_letter(ambiguous_letters)
    observe((fed_back if broken else mixed) >= 0.5, mixed=mixed, mixed_letter_by_letter=fed_back)


@claim(
    "comment-05/bcde-to-fgh",
    "How to have FGH after BCDE: {how} says it, and 95 % of all such windows.",
    source=[COMMENT_5.at(2, 4), COMMENT_8.at(9, 2), COMMENT_8_REPLY_1.at(6)],
    stance="question",
    criterion=at_least(0.5),
    expect="supported",
    cases=[
        case(
            how="a model with three softmaxes side by side",
            model=THREE_LETTERS,
            note=(
                "20 windows of four letters, 500 epochs: at most one of them may be wrong in any letter. That its "
                "letters are independent remains (`comment-05/outputs-are-independent`); where a window has one answer "
                "it does no harm."
            ),
        ),
        case(
            "rolled-out",
            how="a model of the next letter, fed its own answers,",
            model=FOUR_CHAR_TIME_STEPS,
            note=(
                "The article's model of time steps with four letters; the same 20 windows, each rolled out for three "
                "letters. It is the one of the three by which the letters depend on each other, too."
            ),
        ),
        case(
            "encoder-decoder",
            how="an encoder of four letters with a decoder of three",
            model=ENCODER_DECODER,
            note=(
                "An LSTM reads, and a second one writes three letters from what the first has made of it. They stay "
                "independent: `comment-05/outputs-are-independent-encoder-decoder`."
            ),
        ),
    ],
)
def test_bcde_to_fgh(model, observe):
    if isinstance(model.experiment.problem, Continuations):
        said, share = word(model, "BCDE"), complete(model)
    else:
        words = _rolled_out(model)
        said, share = words[1], float(np.mean([ALPHABET[i + 4 : i + 7] == one for i, one in enumerate(words)]))
    observe(said == "FGH" and share >= 0.95, said=said, complete=share)


def _mixed_at_once(member):
    """The share of sampled words that are none of the problem's."""
    problem = member.experiment.problem
    letters = member.outputs(problem.encode(problem.given)[None])[0].astype(float)
    codes = [[problem.symbols.index(letter) for letter in one] for one in problem.words]
    return 1 - sum(float(np.prod(letters[[0, 1, 2], one])) for one in codes)


def _mixed_letter_by_letter(member):
    """The same for a model of single letters that is fed what was sampled."""
    problem = member.experiment.problem
    steps = [(problem.before(one[:place]), one[place]) for one in problem.words for place in range(len(one))]
    answers = member.outputs(np.stack([problem.encode(before) for before, _ in steps])).astype(float)
    right = [answers[row, problem.symbols.index(letter)] for row, (_, letter) in enumerate(steps)]
    return 1 - float(np.reshape(right, (len(problem.words), -1)).prod(axis=1).sum())


def _rolled_out(member):
    """Three answers to each window of four letters that has three behind it, each fed back: 20 words."""
    ensemble, problem = member.ensemble, member.experiment.problem

    def probe():
        windows = [ALPHABET[start : start + 4] for start in range(20)]
        x = np.stack([np.stack([problem.encode(window) for window in windows])] * len(ensemble.seeds))
        said = []
        for _ in range(3):
            codes = ensemble.outputs(x).argmax(axis=-1)
            said.append(codes)
            x = np.concatenate([x[:, :, 1:], (codes[..., None, None] / 26).astype(np.float32)], axis=2)
        return [["".join(ALPHABET[code] for code in row) for row in one] for one in np.stack(said, axis=-1)]

    return ensemble.memoize("three letters rolled out", probe)[member.index]
