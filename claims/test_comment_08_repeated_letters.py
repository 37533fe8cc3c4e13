"""Claims of comment 8 about the variable-length model on texts with repeated letters: "ab" and "aaaabbbccd", repeated.

Each text has 30 letters. It is coded as the article's program codes it when nothing but the alphabet is replaced: a
letter is the place where it stands last. Accuracy is over the 1000 runs of one to five letters that are trained on.
"""

from fixtures.comment_experiments import A4B3C2D_20, A4B3C2D_100, A4B3C2D_FIXED_100, ABAB_100, ABAB_FIXED_100
from fixtures.experiments import VARIABLE_LENGTH, VARIABLE_LENGTH_100
from lstm_lab import Comment, always, at_least, best_accuracy, case, claim, exempt

ARNOLD = Comment(8, "Arnold", "2016-09-21")

FACT = exempt("a plain fact about the data, by counting")


@claim(
    "comment-08/repetitive-is-much-simpler",
    "A text of alternating a and b is the simpler task: fewer letters to tell apart, and no input with two answers.",
    source=ARNOLD,
    criterion=always(),
    expect="supported",
    control=FACT,
)
def test_repetitive_is_much_simpler(seed, observe):
    """The best accuracy that any model could have is 1, in either coding, with two different targets instead of 25."""
    simpler, told = _simpler(seed, ABAB_100, ABAB_FIXED_100)
    observe(simpler, **told)


@claim(
    "comment-08/repetitive-is-much-simpler-a4b3c2d",
    "A text of repeated aaaabbbccd is the simpler task: fewer letters to tell apart, and no input with two answers.",
    source=ARNOLD,
    criterion=always(),
    expect="refuted",
    control=FACT,
)
def test_repetitive_is_much_simpler_a4b3c2d(seed, observe):
    """Four different targets instead of 25, but "aaa" is followed by a or b: no model can answer all runs rightly."""
    simpler, told = _simpler(seed, A4B3C2D_100, A4B3C2D_FIXED_100)
    observe(simpler, **told)


@claim(
    "comment-08/abab-stuck-at-50",
    "On alternating a and b the variable-length model does no better than 50 %.",
    source=ARNOLD,
    criterion=at_least(0.5),
    expect="refuted",
    published="50 %",
    control="the alphabet of the article, 100 epochs",
)
def test_abab_stuck_at_50(abab_20, abab_100, variable_length_100, broken, observe):
    """No better than 55 % after 100 epochs; what 20 epochs give, which is more too, is shown beside it."""
    member = variable_length_100 if broken else abab_100
    observe(
        member.accuracy <= 0.55,
        accuracy=member.accuracy,
        accuracy_after_20_epochs=abab_20.accuracy,
        ceiling=best_accuracy(member.experiment.problem, member.seed),
    )


@claim(
    "comment-08/a4b3c2d-stuck-at-50",
    "On repeated aaaabbbccd the variable-length model does no better than 50 % after {epochs} epochs.",
    source=ARNOLD,
    criterion=at_least(0.5),
    published="50 %",
    cases=[
        case(
            epochs=20, model=A4B3C2D_20, variant=A4B3C2D_100, expect="inconclusive", control="100 epochs instead of 20"
        ),
        case(
            "100-epochs",
            epochs=100,
            model=A4B3C2D_100,
            variant=VARIABLE_LENGTH_100,
            expect="refuted",
            control="the alphabet of the article, 100 epochs",
        ),
    ],
)
def test_a4b3c2d_stuck_at_50(model, variant, broken, observe):
    """No better than 55 %."""
    member = variant if broken else model
    ceiling = best_accuracy(member.experiment.problem, member.seed)
    observe(member.accuracy <= 0.55, accuracy=member.accuracy, ceiling=ceiling)


def _simpler(seed, *codings):
    """Whether a text in each coding is simpler than the alphabet, and what tells so."""
    ceilings = [best_accuracy(one.problem, seed) for one in codings]
    targets = [_targets(one.problem, seed) for one in codings]
    alphabet = VARIABLE_LENGTH.problem
    return min(ceilings) == 1.0 and max(targets) < _targets(alphabet, seed), {
        "ceiling": ceilings[0],
        "ceiling_with_corrected_coding": ceilings[1],
        "ceiling_of_alphabet": best_accuracy(alphabet, seed),
        "different_targets": targets[0],
        "different_targets_of_alphabet": _targets(alphabet, seed),
    }


def _targets(problem, seed):
    """How many different letters are answers."""
    return len(set(problem.samples(seed).y.argmax(axis=-1).tolist()))
