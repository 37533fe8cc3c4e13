"""Claims of the section "LSTM State Within A Batch": what its model learns, and whether better than the first one."""

from fixtures import article
from fixtures.article import BATCH
from fixtures.experiments import FULL_BATCH, FULL_BATCH_12500
from lstm_lab import at_least, beats, case, claim


@claim(
    "within-batch/achieves-100-percent",
    "All 25 letters in one ordered batch, 16 units and 5000 epochs: every pair of the training set is learned.",
    source=BATCH.at(8),
    stance="stated",
    criterion=at_least(0.8),
    expect="supported",
    published=article.WITHIN_BATCH.accuracy,
)
def test_achieves_100_percent(within_batch, observe):
    """The listing's model; the text names neither its units nor its epochs."""
    observe(within_batch.accuracy == 1.0, accuracy=within_batch.accuracy)


@claim(
    "within-batch/bigger-batch-learns-better",
    "The first model learns better in one batch of all letters in order, {budget}.",
    source=[BATCH.at(3), BATCH.at(2)],
    criterion=beats(by=0.02),
    control="500 epochs with the bigger batch",
    holds_with="12,500 epochs with the bigger batch",
    cases=[
        case(
            budget="in as many epochs",
            model=FULL_BATCH,
            stance="strict",
            expect="refuted",
            contradicts=["comment-04/epochs-are-the-cause"],
            revised="2026-11: criterion; was REFUTED",
            note=(
                "500 epochs each, so 500 updates against 12,500. By the words alone nothing else is changed, so this "
                "is their strict reading; it also tells that enlarging the batch is not enough to learn all pairs. "
                "The section's own listing gives its model ten times the epochs."
            ),
        ),
        case(
            "update-for-update",
            budget="in as many updates",
            model=FULL_BATCH_12500,
            stance="stated",
            expect="supported",
            revised="2026-11: criterion; was SUPPORTED",
            note=(
                "12,500 updates each, so 12,500 epochs against 500. The section trains its model for longer than the "
                "first one, so what it says is that a bigger batch learns better when it is trained long enough.\n\n"
                "Each letter is seen 25 times as often, so it does not speak against comment 4, which holds the "
                "epochs to be the cause."
            ),
        ),
    ],
)
def test_bigger_batch_learns_better(train, model, naive_one_char, broken, planted, observe):
    if broken or planted:
        model = train(FULL_BATCH if broken else FULL_BATCH_12500)
    observe(model.accuracy, against=naive_one_char.accuracy)
