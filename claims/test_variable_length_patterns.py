"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" on whether fewer patterns would do.

The article's thousand patterns are fewer than a thousand runs: 114 different ones can be drawn. So fewer patterns
leave some runs out. Accuracies are those on all 115 runs, Y alone among them. A and padding are both 0: a run from A
is the same input as one that is a letter shorter, and is known when that one is.

"As well" is one-sided: an accuracy no more than 0.02 below that of 1000 patterns, in most seeds. `equivalent` would
refute the claim if fewer patterns were better; the rate of seeds against one half is the same test of the median,
with one end.

After as many updates, what fewer drawn patterns cost is the runs that are not among them: they themselves are learned,
100 of them without an error. After as many epochs, which are fewer updates, they are not wholly learned either. The 115
runs, each once, are few patterns that leave none out.
"""

import numpy as np
import pytest

from fixtures.article import VARIABLE
from fixtures.experiments import (
    EVERY_RUN_ONCE,
    EVERY_RUN_ONCE_EQUAL_UPDATES,
    PATTERNS_100,
    PATTERNS_100_EQUAL_UPDATES,
    PATTERNS_250,
    PATTERNS_250_EQUAL_UPDATES,
    PATTERNS_500,
    PATTERNS_500_EQUAL_UPDATES,
    VARIABLE_LENGTH,
)
from lstm_lab import Runs, Subsequences, at_least, case, claim

EVERY_RUN = Runs(count=0)
MARGIN = 0.02
DEAR = "half a million updates for each number of patterns"
BROKEN = "ten patterns, shown 2000 times"


@pytest.fixture
def measured(train, variable_length, broken):
    """What a model of fewer patterns comes to, beside the article's."""

    def measure(member):
        fewer = train(VARIABLE_LENGTH.but(problem=Subsequences(count=10), epochs=2000)) if broken else member
        accuracy, of_1000 = fewer.accuracy_on(EVERY_RUN), variable_length.accuracy_on(EVERY_RUN)
        return accuracy >= of_1000 - MARGIN, {
            "accuracy": accuracy,
            "accuracy_of_1000_patterns": of_1000,
            "accuracy_on_own_patterns": fewer.accuracy,
            "different_inputs": len(np.unique(fewer.samples.x, axis=0)),
        }

    return measure


@claim(
    "variable-length/fewer-patterns-suffice",
    "{patterns} patterns, trained on for as many {budget}, do as well as 1000: an accuracy no more than 0.02 below.",
    source=VARIABLE,
    criterion=at_least(0.5),
    control=BROKEN,
    cases=[
        case(
            patterns=100,
            budget="epochs",
            model=PATTERNS_100,
            expect="refuted",
            note=(
                "50,000 updates instead of 500,000: its own patterns are not learned wholly either, and some "
                "runs are not among them. One-sided: fewer patterns that do better suffice, too."
            ),
        ),
        case(
            "equal-updates",
            patterns=100,
            budget="updates",
            model=PATTERNS_100_EQUAL_UPDATES,
            expect="refuted",
            seeds=10,
            seeds_reason=DEAR,
            note="5000 epochs, half a million updates. One-sided: fewer patterns that do better suffice, too.",
        ),
        case(
            "250",
            patterns=250,
            budget="epochs",
            model=PATTERNS_250,
            expect="refuted",
            note=(
                "125,000 updates instead of 500,000: its own patterns are not learned wholly either, and some "
                "runs are not among them. One-sided: fewer patterns that do better suffice, too."
            ),
        ),
        case(
            "250-equal-updates",
            patterns=250,
            budget="updates",
            model=PATTERNS_250_EQUAL_UPDATES,
            expect="refuted",
            seeds=10,
            seeds_reason=DEAR,
            note="2000 epochs, half a million updates. One-sided: fewer patterns that do better suffice, too.",
        ),
        case(
            "500",
            patterns=500,
            budget="epochs",
            model=PATTERNS_500,
            expect="refuted",
            note=(
                "250,000 updates instead of 500,000: its own patterns are not learned wholly either, and some "
                "runs are not among them. One-sided: fewer patterns that do better suffice, too."
            ),
        ),
        case(
            "500-equal-updates",
            patterns=500,
            budget="updates",
            model=PATTERNS_500_EQUAL_UPDATES,
            expect="supported",
            note=(
                "1000 epochs, half a million updates. One-sided: fewer patterns that do better suffice, too. At its "
                "bar, and once recorded as inconclusive: with sums rounded in another order, it held in 19 of the 30 "
                "seeds."
            ),
        ),
    ],
)
def test_fewer_patterns_suffice(model, measured, observe):
    holds, shown = measured(model)
    observe(holds, **shown)


@claim(
    "variable-length/fewer-patterns-suffice-115-runs",
    "The 115 runs, each once and trained on for as many {budget}, do as well as 1000 patterns: an accuracy no "
    "more than 0.02 below.",
    source=VARIABLE,
    criterion=at_least(0.5),
    control=BROKEN,
    cases=[
        case(
            budget="epochs",
            model=EVERY_RUN_ONCE,
            expect="refuted",
            note=(
                "57,500 updates instead of 500,000: no run is left out, but they are not learned wholly.\n\n"
                "Unlike 1000 drawn ones these patterns hold Y alone. One-sided: fewer patterns that do better "
                "suffice, too."
            ),
        ),
        case(
            "equal-updates",
            budget="updates",
            model=EVERY_RUN_ONCE_EQUAL_UPDATES,
            expect="supported",
            note=(
                "4348 epochs, 500,020 updates. Unlike 1000 drawn ones these patterns hold Y alone.\n\n"
                "One-sided: fewer patterns that do better suffice, too."
            ),
        ),
    ],
)
def test_fewer_patterns_suffice_115_runs(model, measured, observe):
    holds, shown = measured(model)
    observe(holds, **shown)
