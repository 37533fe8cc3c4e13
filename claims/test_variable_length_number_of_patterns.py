"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" on other numbers of patterns.

Compared at as many updates, half a million, by the accuracy on all 115 runs. Of these 114 can be drawn; A and padding
are both 0, so that a run from A is the same input as one that is a letter shorter. Both models face that alike.
"""

from fixtures.article import VARIABLE
from fixtures.experiments import PATTERNS_500_EQUAL_UPDATES, PATTERNS_2000_EQUAL_UPDATES, VARIABLE_LENGTH
from lstm_lab import Runs, Subsequences, case, claim, equivalent

EVERY_RUN = Runs(count=0)
TEN_PATTERNS = VARIABLE_LENGTH.but(problem=Subsequences(count=10), epochs=2000)
DEAR = "half a million updates, for this claim alone"
BROKEN = "ten patterns, shown 2000 times"


@claim(
    "variable-length/number-of-patterns-could-vary",
    "The number of patterns hardly matters: {patterns} do as well as 1000, to within 0.05 of accuracy.",
    source=VARIABLE,
    criterion=equivalent(within=0.05),
    expect="supported",
    control=BROKEN,
    cases=[
        case(patterns=500, model=PATTERNS_500_EQUAL_UPDATES, baseline=VARIABLE_LENGTH),
        case(
            "2000",
            patterns=2000,
            model=PATTERNS_2000_EQUAL_UPDATES,
            baseline=VARIABLE_LENGTH,
            seeds=10,
            seeds_reason=DEAR,
            note="As with 500: half a million updates each, to both sides.",
        ),
    ],
)
def test_number_of_patterns_could_vary(train, model, baseline, broken, observe):
    """Half a million updates each; the accuracy on all 115 runs of one to five letters. To both sides: patterns that do
    better would matter as much as patterns that do worse."""
    member = train(TEN_PATTERNS) if broken else model
    observe(member.accuracy_on(EVERY_RUN), against=baseline.accuracy_on(EVERY_RUN))
