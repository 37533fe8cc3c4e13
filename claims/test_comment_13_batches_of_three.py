"""Claims of comment 13 (Veronica, 2016-11-16) about batches of three and sequences of three letters at least.

The variable-length model with 999 runs of three to five letters, 100 epochs. The comment only asks what would have
happened; read as: the batch size makes no difference. In the median there is none; a few seeds stop in one of the jumps
of the loss that Adam makes, where accuracy may be 0.64 for an epoch, more of them with batches of one.
"""

from fixtures.comment_experiments import BATCHES_OF_THREE_100
from lstm_lab import Comment, claim, equivalent

COMMENT = Comment(13, "Veronica", "2016-11-16")


@claim(
    "comment-13/batch-3-minimal-length-3",
    "With runs of three letters or more, batches of three are learned as well as batches of one in as many epochs.",
    source=COMMENT,
    criterion=equivalent(within=0.03),
    expect="supported",
    control="10 epochs in batches of three",
)
def test_batch_3_minimal_length_3(train, batches_of_three_100, three_to_five_letters_100, broken, observe):
    """100 epochs of both: 33,300 updates against 99,900."""
    judged = train(BATCHES_OF_THREE_100.but(epochs=10)) if broken else batches_of_three_100
    observe(judged.accuracy, against=three_to_five_letters_100.accuracy)


@claim(
    "comment-13/batch-3-minimal-length-3-equal-updates",
    "With runs of three letters or more, batches of three are learned as well as batches of one in as many updates.",
    source=COMMENT,
    criterion=equivalent(within=0.03),
    expect="supported",
    control="10 epochs in batches of three",
)
def test_batch_3_minimal_length_3_equal_updates(
    train, batches_of_three_300, three_to_five_letters_100, broken, observe
):
    """300 epochs of batches of three and 100 of batches of one: 99,900 updates of both."""
    judged = train(BATCHES_OF_THREE_100.but(epochs=10)) if broken else batches_of_three_300
    observe(judged.accuracy, against=three_to_five_letters_100.accuracy)
