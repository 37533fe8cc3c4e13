"""Claims of comment 5 about answers as probabilities, sampling from them, and the temperature of sampling."""

import numpy as np

from lstm_lab import ALPHABET, Comment, Letters, Runs, always, at_least, claim

WES = Comment(5, "Wes", "2017-03-11")

TEMPERATURES = (0.05, 0.5, 1.0, 2.0, 10.0)
ROLL_OUTS = 20
EVERY_RUN = Runs(count=0)


@claim(
    "comment-05/one-hot-causes-distribution",
    "Letters given one-hot make the output a probability distribution.",
    source=WES,
    criterion=always(),
    expect="refuted",
    seeds=2,
    seeds_reason="what the layers guarantee does not depend on the weights, and each seed builds four models",
)
def test_one_hot_causes_distribution(seed, observe):
    """Letters as numbers or one-hot, under a softmax or a linear output: a distribution when, and only when, one-hot?

    Untrained models, since training could hide what the layers guarantee. A distribution is not negative and sums to
    1 within 1e-5, the rounding of 26 float32 numbers. It is the softmax that makes it, whatever the input.
    """
    import keras

    found = {}
    for coding in ("fraction", "one_hot"):
        for output in ("softmax", "linear"):
            x = Letters(coding=coding).samples(seed).x
            keras.utils.set_random_seed(seed)
            model = keras.Sequential([keras.layers.LSTM(32), keras.layers.Dense(26, activation=output)])
            answers = model(x).numpy()
            found[coding, output] = bool((answers >= 0).all() and np.abs(answers.sum(axis=-1) - 1).max() < 1e-5)
    observe(
        all(distribution == (coding == "one_hot") for (coding, _), distribution in found.items()),
        **{f"{coding}_{output}": told for (coding, output), told in found.items()},
    )


@claim(
    "comment-05/sampling-follows-distribution",
    "Letters sampled from the output come as often as it says.",
    source=WES,
    criterion=at_least(0.5),
    expect="supported",
    control="the most probable letter every time",
)
def test_sampling_follows_distribution(variable_length_100, seed, broken, observe):
    """20,000 letters by Keras's own sampler, chi-square, p above 0.001; letters expected fewer than 5 times are pooled.

    Asked with the run of letters whose answer is the least certain, so that there is something to sample.
    """
    import keras
    from scipy.stats import chisquare

    answers = _answers(variable_length_100)
    probabilities = answers[_entropy(answers).argmax()]
    if broken:
        drawn = np.full(20_000, probabilities.argmax())
    else:
        logits = np.log(np.maximum(probabilities, 1e-30))[None].astype(np.float32)
        drawn = np.asarray(keras.random.categorical(logits, 20_000, seed=seed))[0]
    counted, expected = np.bincount(drawn, minlength=26), 20_000 * probabilities
    often = expected >= 5
    rare = expected[~often].sum()
    # A pool that is itself too rare for a chi-square joins the rarest of the others.
    groups = np.where(often, np.arange(26), 26 if rare >= 5 else np.where(often, expected, np.inf).argmin())
    observed, wanted = (np.bincount(groups, weights=one, minlength=27) for one in (counted, expected))
    kept = wanted > 0
    p_value = float(chisquare(observed[kept], wanted[kept]).pvalue)
    observe(p_value > 0.001, p_value=p_value, letters_told_apart=int(kept.sum()), most_probable=probabilities.max())


@claim(
    "comment-05/temperature-tunes-adherence",
    "A temperature tunes how closely samples adhere to the answer of the LSTM.",
    source=WES,
    criterion=always(),
    expect="supported",
    control="the temperature left out",
)
def test_temperature_tunes_adherence(variable_length_100, broken, observe):
    """The share of samples that are the most probable letter falls, and the entropy rises, from 0.05 to 10.

    Both strictly in the mean over all 115 runs of letters, and never the other way for one of them (to 1e-9, rounding
    in float64). At a temperature of 1e-6 the most probable letter remains. All this follows from what a temperature
    does, for any answers that are not uniform: it is checked for the rule, and says nothing about the LSTM. What it
    does to its alphabet is shown beside it: the right steps of 20 roll-outs of 25 letters from A, sampled.
    """
    answers = _answers(variable_length_100)
    told = [_heated(answers, 1.0 if broken else temperature) for temperature in TEMPERATURES]
    adherence = np.stack([one.max(axis=-1) for one in told])
    entropy = np.stack([_entropy(one) for one in told])
    cold = _heated(answers, 1.0 if broken else 1e-6).max(axis=-1).min()
    falls = (np.diff(adherence.mean(axis=1)) < 0).all() and (np.diff(adherence, axis=0) <= 1e-9).all()
    rises = (np.diff(entropy.mean(axis=1)) > 0).all() and (np.diff(entropy, axis=0) >= -1e-9).all()
    names = [f"{temperature:g}".replace(".", "_") for temperature in TEMPERATURES]
    observe(
        falls and rises and cold > 0.999,
        **{f"adherence_at_{name}": one for name, one in zip(names, adherence.mean(axis=1), strict=True)},
        **{f"entropy_at_{name}": one for name, one in zip(names, entropy.mean(axis=1), strict=True)},
        **{f"right_at_{name}": one for name, one in zip(names, _right_when_sampled(variable_length_100), strict=True)},
    )


def _answers(member):
    """Its probabilities after each of the 115 runs, (115, 26), in float64, of sum 1."""
    answers = member.outputs(EVERY_RUN.samples(0).x).astype(float)
    return answers / answers.sum(axis=-1, keepdims=True)


def _heated(probabilities, temperature):
    """The distribution of samples at a temperature: probabilities to the power of its inverse."""
    with np.errstate(divide="ignore"):
        logits = np.log(probabilities) / temperature
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _entropy(probabilities):
    """In nats, along the last axis."""
    return -(probabilities * np.log(np.where(probabilities > 0, probabilities, 1))).sum(axis=-1)


def _right_when_sampled(member):
    """The share of sampled letters that follow the one before, for each temperature."""
    ensemble = member.ensemble

    def probe():
        randoms = [np.random.default_rng([seed, 5]) for seed in ensemble.seeds]
        rows = len(TEMPERATURES) * ROLL_OUTS
        x = np.zeros((len(randoms), rows, 5, 1), np.float32)  # A is 0, the padding
        before, right = np.zeros((len(randoms), rows), int), []
        for _ in range(len(ALPHABET) - 1):
            answers = ensemble.outputs(x).astype(float).reshape(len(randoms), len(TEMPERATURES), ROLL_OUTS, 26)
            heated = [_heated(answers[:, place], temperature) for place, temperature in enumerate(TEMPERATURES)]
            shares = np.concatenate(heated, axis=1).cumsum(axis=-1)
            drawn = np.stack([random.random(rows) for random in randoms])
            codes = np.minimum((shares < drawn[..., None]).sum(axis=-1), 25)
            right.append(codes == before + 1)
            before = codes
            x = np.concatenate([x[:, :, 1:], (codes[..., None, None] / 26).astype(np.float32)], axis=2)
        return np.mean(right, axis=0).reshape(len(randoms), len(TEMPERATURES), ROLL_OUTS).mean(axis=-1)

    return ensemble.memoize("right when sampled", probe)[member.index]
