"""Claims of comment 13 (Veronica, 2016-11-16): does the model use the whole sequence or its last letter?

The article's trained model is asked the 21 runs of five letters. Then only their last letter stays: those before it
are random letters, or nothing (padding). How far a letter moves the answer is measured twice: by moving its code a
quarter of a letter up and down in the 21 runs, and by a straight-line fit of the answers to runs whose first four
letters are random.
"""

import numpy as np

from fixtures.article import COMMENT_13
from lstm_lab import ALPHABET, Runs, at_least, beats, claim

FIVE = Runs(count=0, shortest=5, longest=5)
TARGETS = np.arange(5, 26)
DRAWS = 20


@claim(
    "comment-13/earlier-letters-count",
    "By the whole sequence or by its last letter? Not by the last letter alone: four random letters before it cost "
    "more than 0.2 of the accuracy.",
    source=COMMENT_13.at(3, 2),
    stance="question",
    criterion=at_least(0.5),
    measure="drop in accuracy with random letters in place of the earlier ones",
    expect="supported",
    control="the model of one letter, given the last one",
    revised="2026-11: measure, statement; was SUPPORTED",
)
def test_earlier_letters_count(variable_length, naive_one_char, broken, observe):
    """With four random letters before the last one, by how much accuracy on the 21 targets falls.

    That rules out the last letter alone, and no more: it does not show that the whole sequence is used. One random
    first letter harms nearly as much as four.
    """
    accuracy, drops, told = _asked(naive_one_char if broken else variable_length)
    observe(drops["drop_with_four_random_letters"] > 0.2, accuracy=accuracy, **drops, **told)


@claim(
    "comment-13/first-letter-outweighs-the-last",
    "Of five letters the first weighs more than the last: a random one in its place costs more accuracy.",
    source=COMMENT_13.at(3, 2),
    stance="probe",
    criterion=beats(by=0.02),
    sides=("a random first letter", "a random last letter"),
    measure="drop in accuracy on runs of five letters",
    expect="supported",
    control="the model of one letter, given the last one",
)
def test_first_letter_outweighs_the_last(variable_length, naive_one_char, broken, observe):
    """The accuracy on the 21 targets, twenty draws each. A run is told by where it begins: what stands last follows."""
    _, drops, _ = _asked(naive_one_char if broken else variable_length)
    observe(drops["drop_with_one_random_letter"], against=drops["drop_with_random_last_letter"])


def _asked(member):
    """Accuracy on the 21 runs, by how much it falls, and how far each letter moves the answer, for one seed."""
    ensemble = member.ensemble

    def probe():
        plain = FIVE.samples(0).x
        sets = {"plain": [plain] * len(ensemble.seeds)}
        for words, count in (("one", 1), ("two", 2), ("three", 3), ("four", 4)):
            sets[f"{words}_random_letter{'s' if count > 1 else ''}"] = [
                _scrambled(plain, count, seed) for seed in ensemble.seeds
            ]
        alone = plain.copy()
        alone[:, :4] = 0
        sets["last_letter_alone_e_to_x"] = [alone] * len(ensemble.seeds)
        sets["random_last_letter"] = [_scrambled(plain[:, ::-1], 1, seed)[:, ::-1] for seed in ensemble.seeds]
        for step in range(5):
            for way in (-0.25, 0.25):
                moved = plain.copy()
                moved[:, step] += way / len(ALPHABET)
                sets[step, way] = [moved] * len(ensemble.seeds)
        rows = np.cumsum([len(one[0]) for one in sets.values()])[:-1]
        steps = ensemble.samples.x.shape[-2]  # the last ones, as many as it was trained on
        asked = np.concatenate([np.stack(one) for one in sets.values()], axis=1)[:, :, -steps:]
        outputs = ensemble.outputs(asked)
        return sets, dict(zip(sets, np.split(outputs, rows, axis=1), strict=True))

    sets, outputs = ensemble.memoize("whole or last", probe)
    outputs = {name: one[member.index] for name, one in outputs.items()}
    right = {name: one.argmax(-1).reshape(-1, 21) == TARGETS for name, one in outputs.items() if isinstance(name, str)}
    plain = right.pop("plain")
    drops = {f"drop_with_{name}": float(plain.mean() - one.mean()) for name, one in right.items()}
    alone = right["last_letter_alone_e_to_x"][:, :-1]  # a single Y is never trained
    drops["drop_with_last_letter_alone_e_to_x"] = int(plain[:, :-1].sum() - alone.sum()) / alone.size
    expected = {name: one.astype(float) @ np.arange(26) for name, one in outputs.items()}
    slopes = [np.abs(expected[step, 0.25] - expected[step, -0.25]).mean() * 2 for step in range(5)]
    letters = sets["four_random_letters"][member.index][..., 0].astype(float) * len(ALPHABET)
    fit = np.linalg.lstsq(np.c_[letters, np.ones(len(letters))], expected["four_random_letters"], rcond=None)[0]
    told = {f"moved_by_letter_{step + 1}": float(slope) for step, slope in enumerate(slopes)}
    told |= {f"fit_of_letter_{step + 1}": float(slope) for step, slope in enumerate(fit[:5])}
    return float(plain.mean()), drops, told


def _scrambled(plain, count, seed):
    """The runs twenty times over, each with its first `count` letters drawn from A to Y."""
    random = np.random.default_rng([seed, count])
    x = np.tile(plain, (DRAWS, 1, 1))
    x[:, :count, 0] = random.integers(25, size=(len(x), count)) / len(ALPHABET)
    return x
