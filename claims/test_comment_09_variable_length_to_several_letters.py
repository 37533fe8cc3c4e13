"""The claim of comment 9: runs of one to five letters as the input, the next three letters as the answer."""

from fixtures.article import COMMENT_9
from fixtures.probes import complete
from lstm_lab import at_least, claim


@claim(
    "comment-09/variable-length-to-n-characters",
    "How to have several letters after a run of one to five letters: a model with three softmaxes has all three right "
    "about as often as the article's model has its one, after as many epochs, 100: no more than 0.05 less often.",
    source=[COMMENT_9.at(3), COMMENT_9.at(4)],
    stance="question",
    criterion=at_least(0.5),
    measure="share of runs with all three letters right",
    expect="supported",
    control="no training for three letters",
    revised="2026-11: statement, measure; was SUPPORTED",
)
def test_variable_length_to_n_characters(train, up_to_five_to_three_letters_100, variable_length_100, broken, observe):
    """1000 random runs of one to five letters each, zero-padded; the accuracy on what was trained. The runs of three
    letters more end at W. What is wrong, with one letter as with three, are mostly runs of one letter.
    """
    member, of_one = up_to_five_to_three_letters_100, variable_length_100.accuracy
    member = train(member.experiment.untrained) if broken else member
    share = complete(member)
    observe(
        share > of_one - 0.0505,
        complete=share,
        accuracy_of_one_letter=of_one,
        complete_of_two_letters_or_more=complete(member, shortest=2),
    )
