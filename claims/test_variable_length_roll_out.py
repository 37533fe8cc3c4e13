"""Claims of the section "LSTM with Variable-Length Input to One-Char Output": the alphabet, from A and its own answers.

The text believes that it could be so, and so it need be so with most seeds only. It speaks of outputs that are fed back
as single characters: that may mean one more character after those so far, or one character alone.
"""

from fixtures.article import VARIABLE
from fixtures.one_hot_runs import EVERY_RUN_ONE_HOT
from lstm_lab import ALPHABET, at_least, claim


@claim(
    "variable-length/linear-sequence-from-a",
    "Begun with A, each answer being put behind the letters so far, the model says the alphabet from B to Z.",
    source=VARIABLE.at(7, 3),
    stance="stated",
    criterion=at_least(0.5),
    expect="supported",
)
def test_linear_sequence_from_a(variable_length, observe):
    """Of the letters so far the model is given the last five, its maximum; zeros fill up while they are fewer."""
    said = "A"
    while len(said) < len(ALPHABET):
        said += variable_length.answers(said[-5:])
    observe(said == ALPHABET, said=said[1:])


@claim(
    "variable-length/linear-sequence-from-a-by-single-characters",
    "Begun with A and given each of its answers alone, the model says the alphabet from B to Z.",
    source=VARIABLE.at(7, 3),
    stance="strict",
    criterion=at_least(0.5),
    expect="refuted",
    holds_with="each of the 115 runs once, letters one-hot",
    revised="2026-11: measure, criterion; was REFUTED",
)
def test_linear_sequence_from_a_by_single_characters(train, variable_length, planted, observe):
    """Each letter is padded to five steps; A, the first, is zeros alone.

    Y alone is never trained, and every model answers Y to it: none can say Z after Y, however well it knows the other
    letters. Most do not come to Y either. Single letters are what the model knows least: it skips letters, and stays
    for good at the first one that it answers with itself.
    """
    member = train(EVERY_RUN_ONE_HOT) if planted else variable_length
    said = member.roll_out("A", 25)
    observe(said == ALPHABET[1:], says_to_y=member.answers("Y"), said=said)
