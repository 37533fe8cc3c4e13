"""Claims of comment 13 (Veronica, 2016-11-16) about batches of three and sequences of three letters at least.

The variable-length model with 999 runs of three to five letters, 100 epochs. The comment only asks what would have
happened; read as: the batch size makes no difference.
"""

from fixtures.comment_experiments import BATCHES_OF_THREE_100, BATCHES_OF_THREE_300
from lstm_lab import Comment, case, claim, equivalent

COMMENT = Comment(13, "Veronica", "2016-11-16")


@claim(
    "comment-13/batch-3-minimal-length-3",
    "With runs of three letters or more, batches of three are learned as well as batches of one in as many {units}.",
    source=COMMENT,
    criterion=equivalent(within=0.03),
    expect="supported",
    control="10 epochs in batches of three",
    cases=[
        case(units="epochs", model=BATCHES_OF_THREE_100),
        case(
            "equal-updates",
            units="updates",
            model=BATCHES_OF_THREE_300,
            note="300 epochs of batches of three and 100 of batches of one: 99,900 updates of both.",
        ),
    ],
)
def test_batch_3_minimal_length_3(train, model, three_to_five_letters_100, broken, observe):
    """100 epochs of both: 33,300 updates against 99,900.

    In the median there is no difference. In a few seeds the loss of the last epoch jumps far above the lowest one, and
    accuracy may fall with it, which makes the largest differences.
    """
    judged = train(BATCHES_OF_THREE_100.but(epochs=10)) if broken else model
    _observe_both(observe, judged, three_to_five_letters_100)


def _observe_both(observe, of_three, of_one):
    """Observe both accuracies, with the loss of the last epoch beside the lowest of all, which tells of jumps."""
    told = {}
    for name, member in (("batches_of_three", of_three), ("batches_of_one", of_one)):
        told[f"lowest_loss_{name}"] = float(member.losses.min())
        told[f"last_loss_{name}"] = float(member.losses[-1])
    observe(of_three.accuracy, against=of_one.accuracy, **told)
