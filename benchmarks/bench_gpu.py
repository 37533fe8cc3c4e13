"""A thousand seeds of the article's models on a GPU: `pytest benchmarks/bench_gpu.py -n0 --device gpu`."""

from __future__ import annotations

import time

import pytest

from benchmarks.blocks import Block, new_process
from benchmarks.conftest import TARGETS, target
from fixtures import experiments
from lstm_lab import machine

SEEDS = tuple(range(1000))
MODELS = [
    pytest.param(experiments.NAIVE_ONE_CHAR, 5, id="first: one letter, 32 units, 500 epochs"),
    pytest.param(experiments.STATEFUL_ONE_CHAR, 5, id="stateful, 16 units, 300 epochs"),
    pytest.param(experiments.VARIABLE_LENGTH, 75, id="last: up to five letters, 32 units, 500 epochs"),
]


@pytest.mark.skipif(not machine.gpu(), reason="no GPU: got no --device gpu, wanted it on a machine with one")
@pytest.mark.parametrize(("experiment", "most"), MODELS)
def test_a_thousand_seeds(experiment, most, note, request) -> None:
    """A whole training from initial weights that are drawn already, compiling included, in wall time."""
    samples = [experiment.problem.samples(seed) for seed in SEEDS]
    block = Block(experiment.network, experiment.regime, samples, SEEDS)
    new_process()
    began = time.perf_counter()
    block(experiment.regime.epochs)
    wall = time.perf_counter() - began
    seconds = f"{wall:.3g} s"
    name = request.node.callspec.id
    note("1000 seeds on a GPU", name, {machine.gpu(): seconds})
    note(TARGETS, f"1000 seeds on a GPU: {name}", target(f"under {most} s", seconds))
