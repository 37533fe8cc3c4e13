"""The claim of comment 13 about batches of three and sequences of three letters at least."""

from fixtures.article import COMMENT_13
from fixtures.comment_experiments import BATCHES_OF_THREE_100
from lstm_lab import at_least, claim


@claim(
    "comment-13/batch-3-minimal-length-3",
    "What would happen with batches of three and runs of three letters at least: the runs are learned, 95 % of them "
    "after 100 epochs.",
    source=COMMENT_13.at(4),
    stance="question",
    criterion=at_least(0.5),
    measure="accuracy on the training patterns",
    expect="supported",
    control="10 epochs instead of 100",
    revised="2026-11: statement, measure, criterion; was SUPPORTED",
)
def test_batch_3_minimal_length_3(train, broken, observe):
    """The variable-length model with 999 runs of three to five letters, 33,300 updates.

    A batch is how many sequences share an update, not how much of a sequence is read: each row has a state of its own
    and is read from its first letter to its last, whatever the size of the batch. In a few seeds the loss of the last
    epoch jumps far above the lowest one, and accuracy falls with it.
    """
    member = train(BATCHES_OF_THREE_100.but(epochs=10) if broken else BATCHES_OF_THREE_100)
    observe(
        member.accuracy >= 0.95,
        accuracy=member.accuracy,
        lowest_loss=float(member.losses.min()),
        last_loss=float(member.losses[-1]),
    )
