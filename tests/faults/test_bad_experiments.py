"""Experiments that cannot be trained: errors of the claims that ask for them, in one line, and of no other claim."""

import pytest
import tiny
from laboratory import Laboratory

from lstm_lab.judging.evidence.ledger import Ledger

MODELS = """
import tiny
from lstm_lab import trained
from lstm_lab import Network, layer

FOLDED = Network((layer("LSTM", 2), layer("Dense", 4, activation="softmax"), layer("Reshape", target_shape=[2, 2])))
alone = trained(tiny.ALONE)
in_twos = trained(tiny.ALONE.but(batch_size=2, name="in twos"))
folded = trained(tiny.ALONE.but(network=FOLDED, name="folded"))
"""
CLAIMS = """
import tiny
from lstm_lab import Section, at_least, claim

HERE = Section("Here")


@claim("here/good", "x", source=HERE, criterion=at_least(0.8))
def test_good(alone, observe):
    observe(alone.losses[-1] < alone.losses[0])


@claim("here/in-twos", "x", source=HERE, criterion=at_least(0.8))
def test_in_twos(in_twos, observe):
    observe(in_twos.accuracy > 0)


@claim("here/folded", "x", source=HERE, criterion=at_least(0.8))
def test_folded(folded, observe):
    observe(folded.accuracy > 0)


@claim("here/asked", "x", source=HERE, criterion=at_least(0.8))
def test_asked(train, observe):
    observe(train(tiny.IN_ORDER.but(batch_size=2, name="asked in twos")).accuracy > 0)
"""
IN_TWOS = "in twos: cannot be trained: batch_size: got 2 for 3 samples, wanted a divisor of 3"
WHY = {
    "here/in-twos": IN_TWOS,
    "here/folded": "folded: cannot be trained: ValueError: Arguments `target` and `output` must have the same shape",
    "here/asked": f"asked {IN_TWOS}",
}


@pytest.fixture
def mixed(laboratory: Laboratory) -> Laboratory:
    """A suite of which one claim can be measured."""
    (laboratory.path / "claims" / "conftest.py").write_text(MODELS)
    (laboratory.path / "claims" / "test_tiny.py").write_text(CLAIMS)
    return laboratory


@pytest.mark.parametrize("workers", [0, 2])
def test_the_others_are_measured(workers: int, mixed: Laboratory) -> None:
    """What can be trained is, and measured with every seed; the others err with the line that names what and why."""
    status = mixed.run(workers=workers)
    ledger = Ledger.read(mixed.ledgers()[-1])

    assert (pytest.ExitCode.TESTS_FAILED, (2, 0)) == (status, mixed.models), mixed.output
    assert {("here/good", seed) for seed in range(tiny.SEEDS)} == set(ledger.observations)
    assert {(id, seed) for id in WHY for seed in range(tiny.SEEDS)} == {
        (one.claim, one.seed) for one in ledger.failures
    }
    for failure in ledger.failures:
        assert f"Untrainable: {WHY[failure.claim]}" in failure.message.splitlines()[0]
    for line in (f"training {IN_TWOS}", f"training {WHY['here/folded']}"):
        assert 1 == mixed.output.count(line)
    assert "INTERNALERROR" not in mixed.output


def test_a_plan_says_what_cannot_be_trained(mixed: Laboratory) -> None:
    """As far as that is known without training; what tests ask for inside included, and what can be is planned."""
    status = mixed.run("--plan")

    assert (pytest.ExitCode.OK, set()) == (status, set(mixed.path.glob("evidence"))), mixed.output
    assert "to train: 4 ensembles in 2 trainings; to load: 0 ensembles" in mixed.output
    for line in (f"  {IN_TWOS}", f"  asked {IN_TWOS}"):
        assert 1 == sum(told.startswith(line) for told in mixed.output.splitlines())
