"""Claims of comment 17 (Fernando, 2017-01-17): why 32 units, and would others have shown something else?

The first model, one letter at a time, 500 epochs, with 8, 16 and 64 units beside 32. The comment only asks, so these
are answers: whether another number does as well, and whether the letters are all learned with it.
"""

from fixtures.article import COMMENT_17
from fixtures.comment_experiments import NAIVE_8_UNITS_500, NAIVE_64_UNITS_500
from fixtures.experiments import NAIVE_16_UNITS_500, NAIVE_16_UNITS_5000, NAIVE_ANOTHER_DRAW
from lstm_lab import at_least, case, claim, equivalent, recurrent_classifier


@claim(
    "comment-17/other-units-do-as-well",
    "Another number of units would do as well: {units} learn as many single letters as 32, give or take one.",
    source=COMMENT_17.at(2),
    stance="question",
    criterion=equivalent(within=0.06),
    measure="accuracy on the 25 pairs",
    control="32 units trained for 5000 epochs",
    holds_with="as many units in both, the second in orders drawn anew",
    cases=[
        case(
            units=8,
            model=NAIVE_8_UNITS_500,
            sides=("8 units", "32 units"),
            expect="refuted",
            revised="2026-11: criterion, what is planted; was REFUTED",
        ),
        case(
            "16-units",
            units=16,
            model=NAIVE_16_UNITS_500,
            sides=("16 units", "32 units"),
            expect="inconclusive",
            revised="2026-11: criterion, what is planted; was INCONCLUSIVE",
        ),
        case(
            "64-units",
            units=64,
            model=NAIVE_64_UNITS_500,
            sides=("64 units", "32 units"),
            expect="inconclusive",
            revised="2026-11: criterion, what is planted; was INCONCLUSIVE",
        ),
    ],
)
def test_other_units_do_as_well(train, units, model, naive_one_char, naive_5000, broken, planted, observe):
    """One of 25 letters is 0.04, two are 0.08; the margin lies between."""
    of_32 = naive_5000 if broken else naive_one_char
    if planted:
        of_32 = train(NAIVE_ANOTHER_DRAW.but(network=recurrent_classifier(units), name=f"{units} units, another draw"))
    observe(model.accuracy, against=of_32.accuracy)


@claim(
    "comment-17/not-learned-with-other-units",
    "That one letter at a time is not all learned in 500 epochs does not hang on 32 units: with 8, 16 or 64 it is not "
    "either.",
    source=COMMENT_17.at(2),
    stance="question",
    criterion=at_least(0.8),
    measure="accuracy on the 25 pairs, by number of units",
    expect="supported",
    control="5000 epochs instead of 500",
    revised="2026-11: statement, measure; was SUPPORTED",
)
def test_not_learned_with_other_units(
    train, naive_8_units_500, naive_16_units_500, naive_64_units_500, broken, observe
):
    """The first statement that the article makes from an experiment, `naive-one-char/does-not-learn`, for other numbers
    of units. Under its control the model of 16 units stands for all.
    """
    judged = {8: naive_8_units_500, 16: naive_16_units_500, 64: naive_64_units_500}
    if broken:
        judged = {16: train(NAIVE_16_UNITS_5000)}
    accuracies = {f"units_{units}": member.accuracy for units, member in judged.items()}
    observe(all(accuracy < 1.0 for accuracy in accuracies.values()), **accuracies)
