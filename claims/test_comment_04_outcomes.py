"""Claims of comment 4 (dolaameng, 2016-08-24) on what the full-batch model learned, why, and how the next one differs.

What it says about shuffling is in `test_state_within_a_batch_order.py`, beside the article's opposite claim.
"""

from fixtures.article import COMMENT_4
from fixtures.experiments import FULL_BATCH_5000
from fixtures.probes import answers_to
from lstm_lab import ALPHABET, at_least, claim


@claim(
    "comment-04/epochs-are-the-cause",
    "It is the number of epochs, not the batch, that makes the full-batch model better than the first one.",
    source=COMMENT_4.at(3, 3),
    stance="stated",
    criterion=at_least(0.8),
    expect="supported",
    contradicts=["within-batch/bigger-batch-learns-better"],
)
def test_epochs_are_the_cause(train, naive_one_char, naive_5000, full_batch, observe):
    """Two by two, with the first model's 32 units: batches of 1 and 25, 500 and 5000 epochs. It holds in a seed when
    5000 epochs one letter at a time learn everything and 500 epochs of the full batch do not; the other two cells are
    shown.

    This is epoch for epoch. Update for update the full batch is the better one, and has 25 times the epochs for it:
    `within-batch/bigger-batch-learns-better-update-for-update`.
    """
    observe(
        naive_5000.accuracy == 1.0 and full_batch.accuracy < 1.0,
        batch_1_epochs_500=naive_one_char.accuracy,
        batch_1_epochs_5000=naive_5000.accuracy,
        batch_25_epochs_500=full_batch.accuracy,
        batch_25_epochs_5000=train(FULL_BATCH_5000).accuracy,
    )


@claim(
    "comment-04/opposite-to-stateful",
    "To single letters after a reset the full-batch model answers rightly and the stateful model wrongly.",
    source=COMMENT_4.at(3, 2),
    stance="stated",
    criterion=at_least(0.8),
    expect="supported",
)
def test_opposite_to_stateful(within_batch, stateful_one_char, observe):
    """All 25 letters, each by itself. It holds in a seed when the one is right on 95 % or more of them and the other
    on 10 % or less; an answer of B to every letter is right once, on A."""
    said = answers_to(stateful_one_char, _single_letters)
    cold = sum(answer == right for answer, right in zip(said, ALPHABET[1:], strict=True)) / len(said)
    observe(within_batch.accuracy >= 0.95 and cold <= 0.1, full_batch=within_batch.accuracy, stateful=cold)


def _single_letters(seed):
    return ALPHABET[:-1]
