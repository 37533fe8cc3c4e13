"""What is to be trained: blocks of seeds, and the plan of jobs that every process makes alike."""

import pytest

from lstm_lab import Experiment, Regime, Subsequences, Windows, recurrent_classifier
from lstm_lab.training.experiment.eligibility import eligibility_of_network
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.jobs import Job, plan_jobs, seed_block

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
OTHER = TINY.but(name="other", shuffle="never")
BLOCK = tuple(range(10))


@pytest.mark.parametrize(
    ("seed", "block"),
    [(0, range(10)), (9, range(10)), (10, range(10, 20)), (37, range(30, 40))],
    ids=["first", "last of its block", "next block", "later"],
)
def test_blocks_do_not_depend_on_what_is_asked_for(seed, block) -> None:
    """A seed is always trained with the same nine others."""
    assert tuple(block) == seed_block(TINY, seed)


def test_wide_networks_are_trained_seed_by_seed() -> None:
    """With 15,000 weights in a layer a block is one seed: 50 units stay below, 64 lie above, and depth is no width."""
    wide, narrow = (TINY.but(network=recurrent_classifier(units, 4)) for units in (64, 50))
    deep = TINY.but(network=recurrent_classifier(32, 4, depth=4))

    assert (7,) == seed_block(wide, 7)
    assert tuple(range(10)) == seed_block(narrow, 7) == seed_block(deep, 7)


def test_an_untrained_seed_is_built_alone() -> None:
    """Many claims ask one seed of an untrained network, and nothing is gained by building others beside it."""
    assert (7,) == seed_block(TINY.untrained, 7)


def test_a_plan_has_the_dearest_first() -> None:
    """Long trainings begin first, so that the short ones fill the gaps at the end."""
    dear, middle, cheap = TINY.but(epochs=400), OTHER.but(epochs=40), TINY.but(batch_size=3)
    plan = plan_jobs([(cheap, 0), (dear, 0), (middle, 0)])

    assert [dear, middle, cheap] == [job.experiment for job in plan]
    assert sorted((job.seconds for job in plan), reverse=True) == [job.seconds for job in plan]


def test_points_of_one_training_become_one_job() -> None:
    """Experiments that stop at different epochs of one trajectory are one job with several stops."""
    wanted = [TINY, TINY.but(epochs=20, checkpoints=(10, 30)), TINY.but(epochs=7)]

    assert [Job(wanted[1], BLOCK, (4, 7, 10, 20), eligibility_of(TINY))] == plan_jobs(
        (experiment, 3) for experiment in wanted
    )


def test_a_plan_has_one_job_per_block() -> None:
    """Thirty seeds are three jobs; what is not trained is none."""
    plan = plan_jobs([(TINY, seed) for seed in range(30)] + [(TINY.untrained, seed) for seed in range(30)])

    assert [BLOCK, tuple(range(10, 20)), tuple(range(20, 30))] == [job.seeds for job in plan]


def test_a_plan_is_the_same_in_whatever_order_it_is_asked_for() -> None:
    """Every process makes the same plan from the same claims."""
    wanted = [(experiment, seed) for experiment in (TINY, OTHER, TINY.but(epochs=9)) for seed in (0, 25, 11)]

    assert plan_jobs(wanted) == plan_jobs(reversed(wanted))


@pytest.mark.parametrize(
    ("problem", "network", "weights"),
    [
        (Windows(), recurrent_classifier(32), 5210),
        (Windows(length=3, framing="features"), recurrent_classifier(32), 5466),
        (Subsequences(count=1), recurrent_classifier(16), 1594),
        (Windows(), recurrent_classifier(4, depth=2), 370),
        (Windows(), recurrent_classifier(3, kind="SimpleRNN"), 119),
    ],
    ids=["one feature", "three features", "runs", "two layers", "simple"],
)
def test_costs_count_the_real_weights(problem, network, weights) -> None:
    """The estimate's number of weights is that of the Keras model."""
    shape = problem.samples(0).x.shape[1:]

    assert weights == sum(eligibility_of_network(network, shape[-1]).weights) == network.build(shape).count_params()
