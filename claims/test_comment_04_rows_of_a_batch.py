"""Claims of comment 4 (dolaameng, 2016-08-24) on what made the full-batch model better.

What the comment says about the state within a batch is tested beside the article's opposite claim, in
`test_state_within_a_batch_mechanism.py`.
"""

import numpy as np

from fixtures.experiments import (
    FULL_BATCH,
    FULL_BATCH_5000,
    NAIVE_16_UNITS_500,
    NAIVE_16_UNITS_5000,
    NAIVE_5000,
    NAIVE_ONE_CHAR,
    WITHIN_BATCH,
    WITHIN_BATCH_200,
    WITHIN_BATCH_500,
    WITHIN_BATCH_SHUFFLED,
    WITHIN_BATCH_SHUFFLED_200,
)
from fixtures.probes import weights_in_float64
from lstm_lab import Comment, always, at_least, case, claim, equivalent

COMMENT = Comment(4, "dolaameng", "2016-08-24")
FIVE_LETTERS = "batches of five letters instead of one of all"


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
    """Half a letter's worth of accuracy (one of 25 letters is 0.04) is the margin.

    Where both have learned everything no difference can show, so the next claim asks earlier.
    """
    shuffled = train(WITHIN_BATCH_SHUFFLED.but(epochs=500)) if broken else within_batch_shuffled
    observe(shuffled.accuracy, against=within_batch.accuracy)


@claim(
    "comment-04/shuffle-true-same-performance-at-500-epochs",
    "Shuffled or not, the full batch yields the same accuracy after 500 epochs, before everything is learned.",
    source=COMMENT,
    criterion=equivalent(within=0.02),
    expect="supported",
    control=FIVE_LETTERS,
)
def test_shuffle_true_same_performance_at_500_epochs(
    train, within_batch_shuffled_500, within_batch_500, broken, observe
):
    """The same two trainings, looked at where a difference could show. In batches of five letters, the control, the
    order decides which letters are learned together."""
    pair = within_batch_shuffled_500, within_batch_500
    shuffled, ordered = (train(one.experiment.but(batch_size=5)) if broken else one for one in pair)
    observe(shuffled.accuracy, against=ordered.accuracy)


@claim(
    "comment-04/shuffle-true-same-weights",
    "Shuffled or not, the full batch yields the same weights after 200 epochs, but for rounding (1e-8 in float64).",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    seeds=30,
    seeds_reason="by how much rounding moves the weights is another matter for every seed",
    contradicts=["within-batch/order-in-batch-matters"],
    control=FIVE_LETTERS,
)
def test_shuffle_true_same_weights(train, broken, observe):
    """The second reading. The gradient of a batch is a mean over its rows, so their order is nothing but rounding.

    Hence float64, by plain Keras. 25 roundings of 1.1e-16 each move a gradient of size one by 3e-15; Adam divides that
    by 1e-7 or more and multiplies it by 0.001, so 200 updates make about 6e-9 of it at worst: within 1e-8. An update
    that is really another one moves a weight by up to 0.001.

    Shown is also the distance in float32, which rounds 5e8 times more coarsely. It was to stay below 1e-5, which holds
    of all seeds but one. That one magnifies rounding most in float64, too, but there it ends at 2e-14.
    """
    pair = [one.but(batch_size=5 if broken else 25) for one in (WITHIN_BATCH_SHUFFLED_200, WITHIN_BATCH_200)]
    distance = _distance(*(weights_in_float64(one, train(one.untrained)) for one in pair))
    in_float32 = _distance(*(train(one).weights for one in pair))
    observe(distance < 1e-8, distance=distance, distance_in_float32=in_float32, float32_below_1e_5=in_float32 < 1e-5)


@claim(
    "comment-04/epochs-are-the-cause",
    "It is the number of epochs, not the batch, that makes the full-batch model better ({units} units).",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="supported",
    contradicts=["within-batch/bigger-batch-learns-better", "within-batch/learns-by-the-batch-sequence"],
    cases=[
        case(
            units=32,
            single_500=NAIVE_ONE_CHAR,
            single_5000=NAIVE_5000,
            batch_500=FULL_BATCH,
            batch_5000=FULL_BATCH_5000,
        ),
        case(
            "16-units",
            units=16,
            single_500=NAIVE_16_UNITS_500,
            single_5000=NAIVE_16_UNITS_5000,
            batch_500=WITHIN_BATCH_500,
            batch_5000=WITHIN_BATCH,
            note="As for 32 units and epoch for epoch, too, with the 16 units of the article's full-batch model.",
        ),
    ],
)
def test_epochs_are_the_cause(single_500, single_5000, batch_500, batch_5000, observe):
    """Two by two: batches of 1 and 25, 500 and 5000 epochs. It holds in a seed when 5000 epochs one letter at a time
    learn everything and 500 epochs of the full batch do not; the other two cells are shown.

    This is epoch for epoch. Update for update the full batch is the better one, and has 25 times the epochs for it:
    `within-batch/bigger-batch-learns-better-update-for-update`.
    """
    observe(
        single_5000.accuracy == 1.0 and batch_500.accuracy < 1.0,
        batch_1_epochs_500=single_500.accuracy,
        batch_1_epochs_5000=single_5000.accuracy,
        batch_25_epochs_500=batch_500.accuracy,
        batch_25_epochs_5000=batch_5000.accuracy,
    )


def _distance(weights, others):
    return max(float(np.abs(one - other).max()) for one, other in zip(weights, others, strict=True))
