"""Claims of the section "Naive LSTM for a Three-Char Time Step Window to One-Char Mapping": a perceptron instead.

The family, each on three letters at once, with as many epochs as the LSTM had: hidden layers of 32, of 64 and 64, of
512, and of 256 and 256 rectified units, which is their order by weights.
"""

import itertools

import pytest

from fixtures.article import TIME_STEPS
from lstm_lab import beats, claim, possible

SEEDS = 10
REASON = "the largest network is trained seed by seed, and a witness or one block of seeds decides"


@pytest.fixture(scope="session")
def accuracies(perceptron_32, perceptron_64_64, perceptron_512, perceptron_256_256):
    """The accuracy of each network, by its hidden layers, the smallest first."""
    return {
        "hidden_32": perceptron_32.accuracy,
        "hidden_64_64": perceptron_64_64.accuracy,
        "hidden_512": perceptron_512.accuracy,
        "hidden_256_256": perceptron_256_256.accuracy,
    }


@claim(
    "time-steps/large-mlp-could-learn-the-window",
    "Some large enough perceptron learns all windows of three letters in the 500 epochs of the LSTM.",
    source=TIME_STEPS,
    criterion=possible(),
    expect="supported",
    seeds=SEEDS,
    seeds_reason=REASON,
)
def test_large_mlp_could_learn_the_window(accuracies, observe):
    observe(max(accuracies.values()) == 1.0, **accuracies)


@claim(
    "time-steps/large-mlp-could-learn-the-window-the-larger-the-better",
    "The larger the perceptron, the more windows of three letters it learns.",
    source=TIME_STEPS,
    criterion=beats(),
    expect="supported",
    seeds=SEEDS,
    seeds_reason=REASON,
)
def test_the_larger_the_better(accuracies, observe):
    """The trend over the four sizes of one seed: of their six pairs, in how many is the larger network the better one,
    against in how many it is the worse one.

    It is a trend, not a rule for every step: one layer of 512 units comes behind two of 64, so depth counts, too.
    """
    pairs = list(itertools.combinations(accuracies.values(), 2))
    larger_better = sum(smaller < larger for smaller, larger in pairs)
    larger_worse = sum(smaller > larger for smaller, larger in pairs)
    at_every_step = all(smaller < larger for smaller, larger in itertools.pairwise(accuracies.values()))
    observe(larger_better, against=larger_worse, better_at_every_step=at_every_step, **accuracies)
