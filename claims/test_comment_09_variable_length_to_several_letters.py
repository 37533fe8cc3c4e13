"""The claim of comment 9: runs of one to five letters as the input, the next three letters as the answer."""

from fixtures.article import COMMENT_9
from fixtures.probes import complete
from lstm_lab import at_least, claim


@claim(
    "comment-09/variable-length-to-n-characters",
    "How to have several letters after a run of any length: a model with three softmaxes learns it, 90 % of the runs "
    "of two letters or more.",
    source=[COMMENT_9.at(3), COMMENT_9.at(4)],
    stance="question",
    criterion=at_least(0.5),
    expect="supported",
)
def test_variable_length_to_n_characters(up_to_five_to_three_letters_100, observe):
    """1000 random runs, zero-padded, three softmaxes, 100 epochs. An answer is complete where all three are right.

    Runs of one letter are left out as the hardest: a letter after zeros is what the model reads worst.
    """
    member = up_to_five_to_three_letters_100
    share = complete(member, shortest=2)
    observe(share >= 0.9, complete=share, complete_of_all=complete(member), letters_right=member.accuracy)
