"""Claims of the section "LSTM with Variable-Length Input to One-Char Output"."""

from fixtures import article
from fixtures.article import VARIABLE
from fixtures.experiments import VARIABLE_LENGTH
from lstm_lab import Subsequences, at_least, claim


@claim(
    "variable-length/did-very-well",
    "Trained on 1000 random subsequences of one to five letters, the model does very well: at least 95 % are learned.",
    source=VARIABLE,
    criterion=at_least(0.8),
    expect="supported",
    published=article.VARIABLE_LENGTH.accuracy,
)
def test_did_very_well(variable_length, observe):
    """ "B" and "AB" are the same padded input, with the same right answer, so the padding costs nothing here."""
    observe(variable_length.accuracy >= 0.95, accuracy=variable_length.accuracy)


@claim(
    "variable-length/not-perfect",
    "Trained on 1000 random subsequences of one to five letters, the model is not perfect on them.",
    source=VARIABLE,
    criterion=at_least(0.8),
    expect="supported",
    published=article.VARIABLE_LENGTH.accuracy,
    control="10 subsequences instead of 1000, 2000 epochs instead of 500",
)
def test_not_perfect(train, variable_length, broken, observe):
    easier = VARIABLE_LENGTH.but(problem=Subsequences(count=10, longest=5), epochs=2000)
    member = train(easier) if broken else variable_length
    observe(member.accuracy < 1.0, accuracy=member.accuracy)
