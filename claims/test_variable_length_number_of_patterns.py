"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" on other numbers of patterns.

Compared at as many updates, half a million, by the accuracy on all 115 runs. Of these 114 can be drawn; A and padding
are both 0, so that a run from A is the same input as one that is a letter shorter. Both models face that alike.
"""

from fixtures.article import VARIABLE
from fixtures.experiments import VARIABLE_LENGTH
from lstm_lab import Runs, Subsequences, claim, equivalent

EVERY_RUN = Runs(count=0)
TEN_PATTERNS = VARIABLE_LENGTH.but(problem=Subsequences(count=10), epochs=2000)
DEAR = "half a million updates, for this claim alone"
BROKEN = "ten patterns, shown 2000 times"


@claim(
    "variable-length/number-of-patterns-could-vary",
    "The number of patterns hardly matters: 500 do as well as 1000, to within 0.05 of accuracy.",
    source=VARIABLE,
    criterion=equivalent(within=0.05),
    expect="supported",
    control=BROKEN,
)
def test_number_of_patterns_could_vary(train, patterns_500_equal_updates, variable_length, broken, observe):
    """Half a million updates each; the accuracy on all 115 runs of one to five letters. To both sides: patterns that do
    better would matter as much as patterns that do worse."""
    member = train(TEN_PATTERNS) if broken else patterns_500_equal_updates
    observe(member.accuracy_on(EVERY_RUN), against=variable_length.accuracy_on(EVERY_RUN))


@claim(
    "variable-length/number-of-patterns-could-vary-2000",
    "The number of patterns hardly matters: 2000 do as well as 1000, to within 0.05 of accuracy.",
    source=VARIABLE,
    criterion=equivalent(within=0.05),
    expect="supported",
    seeds=10,
    seeds_reason=DEAR,
    control=BROKEN,
)
def test_number_of_patterns_could_vary_2000(train, patterns_2000_equal_updates, variable_length, broken, observe):
    """As with 500: half a million updates each, to both sides."""
    member = train(TEN_PATTERNS) if broken else patterns_2000_equal_updates
    observe(member.accuracy_on(EVERY_RUN), against=variable_length.accuracy_on(EVERY_RUN))
