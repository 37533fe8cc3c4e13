"""Claims of the section "LSTM State Within A Batch": outcomes and comparisons."""

from fixtures import article
from fixtures.article import BATCH
from fixtures.experiments import FULL_BATCH, FULL_BATCH_12500, NAIVE_ONE_CHAR
from lstm_lab import at_least, beats, case, claim


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
    "A batch that holds all letters in order lets the first model learn better, {budget}.",
    source=BATCH,
    criterion=beats(),
    cases=[
        case(
            budget="epoch for epoch",
            model=FULL_BATCH,
            baseline=NAIVE_ONE_CHAR,
            expect="refuted",
            contradicts=["comment-04/epochs-are-the-cause"],
            note="500 epochs each, so 500 updates against 12,500: only the batch size and the order are changed.",
        ),
        case(
            "update-for-update",
            budget="update for update",
            model=FULL_BATCH_12500,
            baseline=NAIVE_ONE_CHAR,
            expect="supported",
            note=(
                "The second reading: 12,500 updates each, so 12,500 epochs against 500.\n\n"
                "It gives the full batch 25 times the epochs, so it does not speak against comment 4, which "
                "holds the epochs to be the cause."
            ),
        ),
    ],
)
def test_bigger_batch_learns_better(model, baseline, observe):
    observe(model.accuracy, against=baseline.accuracy)
