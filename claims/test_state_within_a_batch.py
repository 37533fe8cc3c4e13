"""Claims of the section "LSTM State Within A Batch": outcomes and comparisons."""

from fixtures import article
from fixtures.article import BATCH
from lstm_lab import at_least, beats, claim


@claim(
    "within-batch/achieves-100-percent",
    "All 25 letters in one ordered batch, 16 units and 5000 epochs: every pair of the training set is learned.",
    source=BATCH,
    criterion=at_least(0.8),
    expect="supported",
    contradicts=["naive-one-char/no-context-is-the-reason"],
    published=article.WITHIN_BATCH.accuracy,
)
def test_achieves_100_percent(within_batch, observe):
    """The listing's model. The one that its text describes, 32 units and 500 epochs, is another:
    `within-batch/changing-only-the-batch-size-demonstrates-it`, which can hold or not beside this."""
    observe(within_batch.accuracy == 1.0, accuracy=within_batch.accuracy)


@claim(
    "within-batch/bigger-batch-learns-better",
    "A batch that holds all letters in order lets the first model learn better, epoch for epoch.",
    source=BATCH,
    criterion=beats(),
    expect="refuted",
    contradicts=["comment-04/epochs-are-the-cause"],
)
def test_bigger_batch_learns_better(full_batch, naive_one_char, observe):
    """500 epochs each, so 500 updates against 12,500: only the batch size and the order are changed."""
    observe(full_batch.accuracy, against=naive_one_char.accuracy)


@claim(
    "within-batch/bigger-batch-learns-better-update-for-update",
    "A batch that holds all letters in order lets the first model learn better, update for update.",
    source=BATCH,
    criterion=beats(),
    expect="supported",
)
def test_bigger_batch_learns_better_update_for_update(full_batch_12500, naive_one_char, observe):
    """The second reading: 12,500 updates each, so 12,500 epochs against 500.

    It gives the full batch 25 times the epochs, so it does not speak against comment 4, which holds the epochs to be
    the cause.
    """
    observe(full_batch_12500.accuracy, against=naive_one_char.accuracy)
