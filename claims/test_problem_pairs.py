"""Claims of the section "Problem Description: Learn the Alphabet" about the pairs and their targets: plain facts."""

import numpy as np

from fixtures.article import FEATURES, PROBLEM, TIME_STEPS
from fixtures.experiments import NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH
from lstm_lab import ALPHABET, Letters, Windows, always, claim


@claim(
    "problem/pairs-run-from-ab-to-yz",
    "The pairs run from A with B to Y with Z, 25 of them, and the windows of three letters from ABC with D to WXY "
    "with Z, 23 of them.",
    source=[PROBLEM.at(10), FEATURES.at(4), TIME_STEPS.at(3)],
    stance="stated",
    criterion=always(),
    expect="supported",
    control="windows that leave out A and B",
    seeds=1,
    seeds_reason="nothing is drawn",
    revised="2026-11: seeds; was SUPPORTED",
)
def test_pairs_run_from_ab_to_yz(seed, broken, observe):
    """What the experiments are trained on, read back as letters."""
    first = 2 if broken else 0
    pairs, windows = (_read_back(Windows(length=length, first=first).samples(seed)) for length in (1, 3))
    observe(
        (pairs[0], pairs[-1], len(pairs)) == ("AB", "YZ", 25)
        and (windows[0], windows[-1], len(windows)) == ("ABCD", "WXYZ", 23)
        and all(one in ALPHABET for one in pairs + windows)
    )


@claim(
    "problem/inputs-lie-in-0-1",
    "Divided by the number of letters, the inputs of all the article's models lie between 0 and 1.",
    source=PROBLEM.at(14),
    stance="stated",
    criterion=always(),
    expect="supported",
    control="the codes as they are, not divided",
)
def test_inputs_lie_in_0_1(seed, broken, observe):
    """Smallest and largest input of the four data sets; the random one drawn for each seed."""
    experiments = NAIVE_ONE_CHAR, THREE_CHAR_FEATURES, THREE_CHAR_TIME_STEPS, VARIABLE_LENGTH
    problems = [Letters(coding="raw")] if broken else [experiment.problem for experiment in experiments]
    inputs = [problem.samples(seed).x for problem in problems]
    smallest, largest = min(float(x.min()) for x in inputs), max(float(x.max()) for x in inputs)
    observe(smallest >= 0 and largest <= 1, smallest=smallest, largest=largest)


@claim(
    "problem/to-categorical-is-one-hot",
    "Keras's `to_categorical` gives each target a row of 26 columns, one for each letter, with a single one in the "
    "column of its code.",
    source=[PROBLEM.at(15, 2), PROBLEM.at(15, 1)],
    stance="stated",
    criterion=always(),
    asks=["to_categorical_gap"],
    expect="supported",
    control="rows of ones up to the code",
    revised="2026-11: statement, measure; was SUPPORTED",
)
def test_to_categorical_is_one_hot(seed, broken, observe):
    """The codes 1 to 25 of the article's targets, in order and shuffled.

    So each of the 26 letters has a class of its own. That of A is never a target, as A follows no letter.
    """
    import keras

    right = []
    for codes in (np.arange(1, 26), np.random.default_rng(seed).permutation(np.arange(1, 26))):
        rows = np.arange(26) <= codes[:, None] if broken else keras.utils.to_categorical(codes)
        right.append(rows.shape == (25, 26) and ((rows == 0) | (rows == 1)).all() and (rows.sum(axis=1) == 1).all())
        right.append((rows.argmax(axis=1) == codes).all())
    observe(all(right))


def _read_back(samples):
    """Each window with its target, as a string."""
    codes = np.rint(samples.x[..., 0] * 26).astype(int)
    targets = samples.y.argmax(axis=-1)
    return ["".join(ALPHABET[code] for code in (*row, target)) for row, target in zip(codes, targets, strict=True)]
