"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" that look back on the models before it.

That the model of one batch answers every single letter is measured where it is first said, in the section on it.
"""

from fixtures.article import VARIABLE
from lstm_lab import ALPHABET, at_least, claim

LONGEST = 5


@claim(
    "variable-length/stateful-not-a-generic-model",
    "The stateful model is no general model of the alphabet: after a reset it continues at most a fifth of the runs of "
    "one to five letters.",
    source=VARIABLE.at(1),
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on the 115 runs of one to five letters, after a reset",
    expect="supported",
    control="the stateless model of one letter",
    revised="2026-11: measure, criterion; was SUPPORTED",
)
def test_stateful_not_a_generic_model(stateful_one_char, naive_one_char, broken, observe):
    """All 115 runs, each letter by letter from a reset, without padding; the last answer counts.

    It continues the five runs that begin with A, 4.3 % of all.
    """
    accuracy = _cold_accuracy(naive_one_char if broken else stateful_one_char)
    observe(accuracy <= 0.2, accuracy=accuracy)


def _cold_accuracy(member):
    """Share of the 115 runs that are continued rightly: each first letter, and up to four more after it."""
    said = [member.answers(*ALPHABET[first : min(first + LONGEST, 25)]) for first in range(25)]
    return _share("".join(said), "".join(ALPHABET[first + 1 : first + 1 + LONGEST] for first in range(25)))


def _share(said, right):
    return sum(one == other for one, other in zip(said, right, strict=True)) / len(right)
