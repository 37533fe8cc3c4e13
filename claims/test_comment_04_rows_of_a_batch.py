"""Claims of comment 4 (dolaameng, 2016-08-24) on what made the full-batch model better.

What the comment says about the state within a batch is tested beside the article's opposite claim, in
`test_state_within_a_batch_mechanism.py`.
"""

import numpy as np

from fixtures.experiments import WITHIN_BATCH_200, WITHIN_BATCH_SHUFFLED, WITHIN_BATCH_SHUFFLED_200
from lstm_lab import Comment, always, at_least, claim, equivalent

COMMENT = Comment(4, "dolaameng", "2016-08-24")


@claim(
    "comment-04/shuffle-true-same-performance",
    "Shuffled or not, the full batch yields the same accuracy.",
    source=COMMENT,
    criterion=equivalent(within=0.02),
    expect="supported",
    contradicts=["within-batch/order-in-batch-matters", "within-batch/shuffling-must-be-disabled"],
    control="500 epochs in the shuffled model instead of 5000",
)
def test_shuffle_true_same_performance(train, within_batch_shuffled, within_batch, broken, observe):
    """Half a letter's worth of accuracy (one of 25 letters is 0.04) is the margin."""
    shuffled = train(WITHIN_BATCH_SHUFFLED.but(epochs=500)) if broken else within_batch_shuffled
    observe(shuffled.accuracy, against=within_batch.accuracy)


@claim(
    "comment-04/shuffle-true-same-weights",
    "Shuffled or not, the full batch yields the same weights after 200 epochs, within 1e-5.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    contradicts=["within-batch/order-in-batch-matters"],
    control="batches of five letters instead of one of all",
)
def test_shuffle_true_same_weights(train, broken, observe):
    """The second reading, exact up to the order of float32 sums, which 200 updates of Adam may amplify."""
    rows = 5 if broken else 25
    shuffled, ordered = (train(one.but(batch_size=rows)) for one in (WITHIN_BATCH_SHUFFLED_200, WITHIN_BATCH_200))
    pairs = zip(shuffled.weights, ordered.weights, strict=True)
    distance = max(float(np.abs(one - other).max()) for one, other in pairs)
    observe(distance < 1e-5, distance=distance)


@claim(
    "comment-04/epochs-are-the-cause",
    "It is the number of epochs, not the batch, that makes the full-batch model better (32 units).",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
    contradicts=["within-batch/bigger-batch-learns-better", "within-batch/learns-by-the-batch-sequence"],
)
def test_epochs_are_the_cause(naive_5000, full_batch, naive_one_char, full_batch_5000, observe):
    """Two by two: batches of 1 and 25, 500 and 5000 epochs. It holds in a seed when 5000 epochs one letter at a time
    learn everything and 500 epochs of the full batch do not; the other two cells are shown."""
    observe(
        naive_5000.accuracy == 1.0 and full_batch.accuracy < 1.0,
        batch_1_epochs_500=naive_one_char.accuracy,
        batch_1_epochs_5000=naive_5000.accuracy,
        batch_25_epochs_500=full_batch.accuracy,
        batch_25_epochs_5000=full_batch_5000.accuracy,
    )


@claim(
    "comment-04/epochs-are-the-cause-16-units",
    "It is the number of epochs, not the batch, that makes the full-batch model better (16 units).",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
    contradicts=["within-batch/bigger-batch-learns-better", "within-batch/learns-by-the-batch-sequence"],
)
def test_epochs_are_the_cause_16_units(
    naive_16_units_500, naive_16_units_5000, within_batch_500, within_batch, observe
):
    """As for 32 units, with the 16 units of the article's full-batch model."""
    observe(
        naive_16_units_5000.accuracy == 1.0 and within_batch_500.accuracy < 1.0,
        batch_1_epochs_500=naive_16_units_500.accuracy,
        batch_1_epochs_5000=naive_16_units_5000.accuracy,
        batch_25_epochs_500=within_batch_500.accuracy,
        batch_25_epochs_5000=within_batch.accuracy,
    )
