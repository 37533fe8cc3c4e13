"""How much of a stream is recalled, read in stretches, is what the accuracy read one step at a time says."""

import pytest

from fixtures.recall import recalled
from lstm_lab import Echo, Experiment, RandomText, Regime, recurrent_classifier
from lstm_lab.training.plan import block_of
from lstm_lab.training.progress import Reporter
from lstm_lab.training.store import Store
from lstm_lab.training.trainer import Trainer

SEEDS = 3


@pytest.mark.parametrize(
    "problem",
    [RandomText(50), RandomText(130), RandomText(53), Echo(1, count=200)],
    ids=["one stretch", "stretches of 26", "stretches of one step", "bits"],
)
def test_recalled_is_the_accuracy_of_the_member(problem, tmp_path) -> None:
    """To the last answer, also where a stretch must go on in the state in which the one before it ended."""
    experiment = Experiment(
        "small",
        problem,
        recurrent_classifier(8, classes=len(problem.symbols), stateful=True),
        Regime(epochs=40, shuffle="never"),
    )
    trainer = Trainer(Store(tmp_path / "ensembles"), Reporter(tmp_path / "progress"))
    ensemble = trainer.ensemble(experiment, block_of(experiment, 0))
    members = [ensemble.member(seed) for seed in range(SEEDS)]

    assert [member.accuracy for member in members] == [recalled(member) for member in members]
