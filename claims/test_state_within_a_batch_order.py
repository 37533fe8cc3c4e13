"""Claims of the section "LSTM State Within A Batch": whether the order within the batch is what the model learns by."""

import numpy as np

from fixtures.article import BATCH
from fixtures.experiments import WITHIN_BATCH, WITHIN_BATCH_SHUFFLED
from lstm_lab import at_least, beats, claim, equivalent


@claim(
    "within-batch/changing-only-the-batch-size-demonstrates-it",
    "The first model learns all 25 pairs when only its batch is enlarged to the whole training set.",
    source=BATCH,
    criterion=at_least(0.8),
    expect="refuted",
)
def test_changing_only_the_batch_size_demonstrates_it(full_batch, observe):
    """As the sentence says, with the order kept as the next one says: still 32 units and 500 epochs.

    A batch of all letters makes one update of each epoch, 500 against 12,500. The listing has 16 units and 5000 epochs;
    that it reaches 100 % (`within-batch/achieves-100-percent`) can hold together with either verdict here.
    """
    observe(full_batch.accuracy == 1.0, accuracy=full_batch.accuracy)


@claim(
    "within-batch/shuffling-must-be-disabled",
    "The full batch is learned better with shuffling disabled than with it.",
    source=BATCH,
    criterion=beats(),
    expect="refuted",
    contradicts=["comment-04/shuffle-true-same-performance"],
)
def test_shuffling_must_be_disabled(
    train, within_batch, within_batch_shuffled, within_batch_20, within_batch_shuffled_20, observe
):
    """The same initial weights; shown is how far the two have moved apart, by the largest difference of a weight.

    That shuffling makes no difference is what comment 4 says, and is judged there by equivalence within half a letter,
    also before everything is learned. Here the last losses tell what accuracies at their upper end cannot.
    """
    distances = {
        f"distance_of_weights_after_{epochs}": _distance(
            train(WITHIN_BATCH.but(epochs=epochs)), train(WITHIN_BATCH_SHUFFLED.but(epochs=epochs))
        )
        for epochs in (1, 20, 200, 5000)
    }
    observe(
        within_batch.accuracy,
        against=within_batch_shuffled.accuracy,
        **_last_losses(loss_in_order=within_batch, loss_shuffled=within_batch_shuffled),
        **distances,
    )


@claim(
    "within-batch/learns-by-the-batch-sequence",
    "The sequence within the batch is what is learned by: with the rows shuffled anew in each epoch, less is learned.",
    source=BATCH,
    criterion=beats(),
    expect="refuted",
    contradicts=["comment-04/epochs-are-the-cause", "comment-04/no-state-reuse-within-batch"],
)
def test_learns_by_the_batch_sequence(within_batch, within_batch_shuffled, naive_16_units_5000, observe):
    """The same budget of 5000 epochs. The last losses are shown, since accuracies may meet at their upper end, and the
    accuracy of as many epochs one letter at a time, where there is no sequence at all."""
    observe(
        within_batch.accuracy,
        against=within_batch_shuffled.accuracy,
        **_last_losses(loss_in_order=within_batch, loss_shuffled=within_batch_shuffled),
        accuracy_one_letter_at_a_time=naive_16_units_5000.accuracy,
    )


@claim(
    "within-batch/learns-by-the-batch-sequence-fixed-random-order",
    "The sequence within the batch is what is learned by: with the rows in one random order, less is learned.",
    source=BATCH,
    criterion=beats(),
    expect="refuted",
    contradicts=["comment-04/epochs-are-the-cause", "comment-04/no-state-reuse-within-batch"],
)
def test_learns_by_the_batch_sequence_fixed_random_order(within_batch, within_batch_one_order, observe):
    """The second way to destroy the sequence: one random order for each seed, the same in every epoch."""
    observe(
        within_batch.accuracy,
        against=within_batch_one_order.accuracy,
        **_last_losses(loss_in_order=within_batch, loss_in_random_order=within_batch_one_order),
    )


@claim(
    "within-batch/learns-by-the-batch-sequence-no-difference",
    "Whether the rows of the full batch stand in alphabetical or in one random order makes no difference.",
    source=BATCH,
    criterion=equivalent(within=0.02),
    expect="supported",
    contradicts=["within-batch/learns-by-the-batch-sequence-fixed-random-order"],
    control="500 epochs in random order instead of 5000",
)
def test_learns_by_the_batch_sequence_no_difference(train, within_batch, within_batch_one_order, broken, observe):
    """What speaks against the two claims above, by equivalence within half a letter; not something the article says.

    For rows shuffled in each epoch it is judged under comment 4. Where both have learned everything no difference can
    show, so the next claim asks earlier.
    """
    random_order = train(within_batch_one_order.experiment.but(epochs=500)) if broken else within_batch_one_order
    observe(within_batch.accuracy, against=random_order.accuracy)


@claim(
    "within-batch/learns-by-the-batch-sequence-no-difference-at-500-epochs",
    "After 500 epochs, before everything is learned, alphabetical or one random order of the rows makes no difference.",
    source=BATCH,
    criterion=equivalent(within=0.02),
    expect="supported",
    control="batches of five letters instead of one of all",
)
def test_learns_by_the_batch_sequence_no_difference_at_500_epochs(
    train, within_batch_500, within_batch_one_order_500, broken, observe
):
    """The same two trainings, looked at where a difference could show. In batches of five letters, the control, the
    order decides which letters are learned together."""
    pair = within_batch_500, within_batch_one_order_500
    ordered, random_order = (train(one.experiment.but(batch_size=5)) if broken else one for one in pair)
    observe(ordered.accuracy, against=random_order.accuracy)


def _distance(one, other):
    return max(float(np.abs(mine - yours).max()) for mine, yours in zip(one.weights, other.weights, strict=True))


def _last_losses(**members):
    """The loss of the last epoch of each member by name; none of models that were not trained."""
    return {name: float(member.losses[-1]) for name, member in members.items() if len(member.losses)}
