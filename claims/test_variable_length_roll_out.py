"""Claims of the section "LSTM with Variable-Length Input to One-Char Output": the alphabet, from A and its own answers.

The text believes that it could be so, and so it need be so with most seeds only.
"""

from fixtures.article import VARIABLE
from fixtures.one_hot_runs import EVERY_RUN_ONE_HOT
from lstm_lab import ALPHABET, at_least, claim


@claim(
    "variable-length/linear-sequence-from-a-by-single-characters",
    "Begun with A and given each of its answers alone, the model says the alphabet from B to Z.",
    source=VARIABLE.at(7, 3),
    stance="stated",
    criterion=at_least(0.5),
    expect="refuted",
    holds_with="each of the 115 runs once, letters one-hot",
    revised="2026-11: measure, criterion; was REFUTED",
)
def test_linear_sequence_from_a_by_single_characters(train, variable_length, planted, observe):
    """Each letter is padded to five steps; A, the first, is zeros alone.

    Its author would answer that answers are to be put behind the letters so far. That works
    (`variable-length/linear-sequence-from-a`), but it does not save the sentence, because that has single characters as
    inputs, of a model that is to take any length from one on. Single letters are what it knows least: it skips
    letters, and stays for good at the first one that it answers with itself. Or that he names a way to evaluate, as a
    belief, and promises no result. That does not save it: it would stand in for the evaluation on the patterns, as the
    sentence before has it, and there the model did very well. Nor does it that only Z is out of reach, as Y alone is
    never trained: it errs before. Shown is how many of the 25 letters are right until the first that is not.
    """
    member = train(EVERY_RUN_ONE_HOT) if planted else variable_length
    said = member.roll_out("A", 25)
    right = max(count for count in range(26) if said.startswith(ALPHABET[1 : count + 1]))
    observe(said == ALPHABET[1:], right_from_the_start=right, says_to_y=member.answers("Y"), said=said)


@claim(
    "variable-length/linear-sequence-from-a",
    "Begun with A, each answer being put behind the letters so far, the model says the alphabet from B to Z.",
    source=VARIABLE.at(7, 3),
    stance="probe",
    criterion=at_least(0.5),
    expect="supported",
    control="each answer alone",
)
def test_linear_sequence_from_a(variable_length, broken, observe):
    """What makes it work: of the letters so far the model is given the last five, its maximum; zeros fill up while they
    are fewer."""
    said = "A"
    while len(said) < len(ALPHABET):
        said += variable_length.answers(said[-1 if broken else -5 :])
    observe(said == ALPHABET, said=said[1:])
