"""A seed whose training diverges is an error with its reason, in every run; the seeds beside it are sound."""

import re

import pytest
import tiny
from laboratory import Laboratory

from lstm_lab.judging.evidence.ledger import Ledger

PROBLEM = """
from dataclasses import dataclass

import numpy as np
from lstm_lab import Experiment, Network, Regime, Samples, Windows, layer, optimizer


@dataclass(frozen=True)
class OneTooLarge(Windows):
    too_large: int = 3
    varies = True

    def samples(self, seed):
        x, y, *_ = super().samples(seed)
        return Samples(x, y * np.float32(1e30 if seed == self.too_large else 1))


NETWORK = Network((layer("LSTM", 2), layer("Dense", 4)), "mean_squared_error", optimizer("SGD", learning_rate=0.1))
LEAPS = Experiment("leaps", OneTooLarge(symbols="ABCD"), NETWORK, Regime(epochs=5))
"""

CLAIMS = """
import leaping
from lstm_lab import Section, always, at_least, claim


@claim("here/leaps", "x", source=Section("Here"), criterion=at_least(0.8))
def test_leaps(leaps, observe):
    observe(leaps.losses[-1] < leaps.losses[0], loss=float(leaps.losses[-1]))


@claim("here/before", "x", source=Section("Here"), criterion=at_least(0.8))
def test_before(train, observe):
    observe(train(leaping.LEAPS.untrained).accuracy <= 1)
"""

MODELS = "import leaping\nfrom lstm_lab import trained\n\nleaps = trained(leaping.LEAPS)\n"


def test_one_seed_diverges(laboratory: Laboratory) -> None:
    """It alone is an error, which names epoch and reason; a second run loads the ensemble and tells the same."""
    claims = laboratory.path / "claims"
    (claims / "leaping.py").write_text(PROBLEM)
    (claims / "conftest.py").write_text(MODELS)
    (claims / "test_tiny.py").write_text(CLAIMS)
    told = []
    for models in ((1, 0), (0, 1)):
        status = laboratory.run(workers=1)
        assert (pytest.ExitCode.TESTS_FAILED, models, []) == (status, laboratory.models, laboratory.refused)
        ledger = Ledger.read(laboratory.ledgers()[-1])
        (failure,) = ledger.failures
        assert ("here/leaps", 3, "error") == (failure.claim, failure.seed, failure.kind)
        assert re.search(
            r"Diverged: leaps, seed 3: the loss became (inf|nan) in epoch 1$", failure.message, re.MULTILINE
        )
        seeds = range(tiny.SEEDS)
        expected = {("here/leaps", seed) for seed in seeds if seed != 3} | {("here/before", seed) for seed in seeds}
        assert expected == set(ledger.observations)
        assert all(one.holds for one in ledger.observations.values())
        # Below its first line a failure shows where the code stood, addresses in memory included.
        told.append(re.sub(r" at 0x\w+", "", str(laboratory.outcome())))

    assert told[0] == told[1]
    assert "error: here/leaps: 1 of 6 seeds without evidence (3): " in laboratory.output
