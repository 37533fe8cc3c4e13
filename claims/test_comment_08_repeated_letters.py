"""Claims of comment 8 about the variable-length model on texts with repeated letters: "ab" and "aaaabbbccd", repeated.

Each text has 30 letters. It is coded as the article's program codes it when nothing but the alphabet is replaced: a
letter is the place where it stands last. Accuracy is over the 1000 runs of one to five letters that are trained on.
"""

from fixtures.article import COMMENT_8
from fixtures.comment_experiments import A4B3C2D_100, A4B3C2D_FIVE_LETTERS_100, ABAB_100
from lstm_lab import always, at_least, beats, best_accuracy, case, claim

AT_50 = 0.55


@claim(
    "comment-08/repetitive-is-much-simpler",
    "{text} is the simpler task: after 100 epochs more of what can be reached is reached than with the alphabet, by "
    "more than 0.02.",
    source=COMMENT_8.at(4),
    stance="stated",
    criterion=beats(by=0.0205),
    expect="supported",
    cases=[
        case(
            text="A text of alternating a and b",
            model=ABAB_100,
            revised="2026-11: statement, measure, seeds, criterion; was SUPPORTED",
        ),
        case(
            "a4b3c2d",
            text="A text of repeated aaaabbbccd",
            model=A4B3C2D_100,
            revised="2026-11: statement, measure, seeds, criterion; was REFUTED",
        ),
    ],
)
def test_repetitive_is_much_simpler(model, variable_length_100, observe):
    """Accuracies as shares of the best that any model could have. With the alphabet that is 1; not so with aaaabbbccd:
    `comment-08/a4b3c2d-short-runs-are-ambiguous`."""
    ceiling = best_accuracy(model.experiment.problem, model.seed)
    observe(model.accuracy / ceiling, against=variable_length_100.accuracy, accuracy=model.accuracy, ceiling=ceiling)


@claim(
    "comment-08/a4b3c2d-short-runs-are-ambiguous",
    "On repeated aaaabbbccd no model could answer all short runs rightly: the best accuracy on runs of one to five "
    "letters is below 90 %.",
    source=COMMENT_8.at(8, 2),
    stance="probe",
    criterion=always(),
    expect="supported",
    control="runs of five letters alone",
    revised="2026-11: statement, measure; the opposite was REFUTED",
)
def test_a4b3c2d_short_runs_are_ambiguous(seed, broken, observe):
    """By counting: "aaa" is followed by a or b. Part of what is wrong there; on alternating a and b nothing is."""
    ceiling = best_accuracy((A4B3C2D_FIVE_LETTERS_100 if broken else A4B3C2D_100).problem, seed)
    observe(ceiling < 0.9, ceiling=ceiling)


@claim(
    "comment-08/abab-stuck-at-50",
    "On alternating a and b the variable-length model does no better than 50 %.",
    source=COMMENT_8.at(8, 1),
    stance="stated",
    criterion=at_least(0.5),
    expect="refuted",
    published="50 %",
    holds_with="10 epochs instead of 100",
)
def test_abab_stuck_at_50(train, abab_100, planted, observe):
    """No better than 55 % after 100 epochs, a fifth of the article's.

    Its author would answer that it was so in his program. That does not save it, because nothing but the number of
    epochs decides here: after ten it is so with most seeds, see `comment-08/what-is-wrong`.
    """
    _observe_stuck(observe, train(ABAB_100.but(epochs=10)) if planted else abab_100)


@claim(
    "comment-08/a4b3c2d-stuck-at-50",
    "On repeated aaaabbbccd the variable-length model does no better than 50 %.",
    source=COMMENT_8.at(8, 1),
    stance="stated",
    criterion=at_least(0.5),
    expect="refuted",
    published="50 %",
    holds_with="10 epochs instead of 100",
    revised="2026-11: statement, measure; was INCONCLUSIVE after 20 epochs, REFUTED after 100",
)
def test_a4b3c2d_stuck_at_50(train, a4b3c2d_100, planted, observe):
    """No better than 55 % after 100 epochs, a fifth of the article's.

    Its author would answer that it was so in his program, and after 20 epochs it is so with about every third seed. It
    does not save it, because the article's listing, which he has, trains for 500.
    """
    _observe_stuck(observe, train(A4B3C2D_100.but(epochs=10)) if planted else a4b3c2d_100)


@claim(
    "comment-08/what-is-wrong",
    "What is wrong with 50 % is the number of updates: on alternating a and b the model does no better than 55 % after "
    "10 epochs, 10,000 updates, and is still to learn to tell the letters apart.",
    source=COMMENT_8.at(8, 2),
    stance="question",
    criterion=at_least(0.5),
    expect="supported",
    control="100 epochs instead of 10",
)
def test_what_is_wrong(train, abab_100, broken, observe):
    """One answer for nearly all runs is right for half of them. The two letters are coded as 28 and 29 of 30, which to
    the network are nearly one number; `comment-08/longer-training` and `comment-08/encoding-fix-does-not-help` tell
    what gets it further."""
    _observe_stuck(observe, abab_100 if broken else train(ABAB_100.but(epochs=10)))


def _observe_stuck(observe, member):
    """Observe whether a member is at 50 %, with the best that any model could have, and how often it says the same."""
    said = member.outputs(member.samples.x).argmax(axis=-1)
    observe(
        member.accuracy <= AT_50,
        accuracy=member.accuracy,
        ceiling=best_accuracy(member.experiment.problem, member.seed),
        most_frequent_answer=float(max((said == code).mean() for code in set(said.tolist()))),
    )
