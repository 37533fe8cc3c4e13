"""How often XLA compiles, counted from what XLA itself logs: once per shape.

In a process of its own, because XLA's log goes past Python and because other tests have compiled already.
"""

import os
import subprocess
import sys

# Each part of the script begins with a mark in the same stream that XLA logs to.
TRAINED = """
from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.compiled import loop

BASE = Experiment("tiny", Windows(symbols="ABCDEF"), recurrent_classifier(2, 6), Regime(epochs=3))

def trained(mark, experiment, seeds=(0, 1)):
    os.write(2, f"\\npart: {mark}\\n".encode())
    samples = [experiment.problem.samples(seed) for seed in seeds]
    list(loop.train(experiment.network, experiment.regime, samples, seeds, experiment.regime.stops))
"""

ORDINARY = """
import os
{preparation}
trained("first", BASE)
trained("again", BASE)
trained("more epochs, several calls", BASE.but(epochs=2000, checkpoints=(1, 7)))
trained("other order and resets", BASE.but(shuffle="never", reset="never"))
trained("other data, other number of samples", BASE.but(problem=Windows(first=2, symbols="FEDCBA")))
trained("other seeds", BASE, seeds=(8, 9))
trained("other units", BASE.but(network=recurrent_classifier(3, 6)))
trained("other number of seeds", BASE, seeds=(0, 1, 2))
trained("other number of rows", BASE.but(batch_size=5))
"""

# The same step with the tape around the mapped function, as it must not be.
TAPE_OUTSIDE = """
import os
{preparation}
import tensorflow as tf
from lstm_lab.training.compiled import strategy
from lstm_lab.training.compiled.functional import mapped
from lstm_lab.training.compiled.unrolled import Unrolled

class Outside(Unrolled):
    def gradients(self, weights, states, batch):
        def loss_of(arguments):
            weights, batch = arguments
            return self.loss(batch["y"], self._call(weights, [], batch, training=True)[0])

        with tf.GradientTape() as tape:
            tape.watch(weights)
            loss = mapped(loss_of, (weights, batch))
        return loss, tape.gradient(loss, weights), states

strategy.Unrolled = Outside
trained("first", BASE)
trained("other order", BASE.but(shuffle="once"))
trained("another order", BASE.but(shuffle="never"))
"""


def compilations(script: str) -> dict[str, int]:
    """How many programs XLA compiled in each part of a script."""
    logging = {"TF_CPP_MIN_LOG_LEVEL": "0", "TF_CPP_MAX_VLOG_LEVEL": "0", "TF_CPP_VMODULE": "device_compiler=1"}
    told = subprocess.run(
        [sys.executable, "-c", script.format(preparation=TRAINED)],
        env={**os.environ, **logging},
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    parts = [part.partition("\n") for part in told.split("\npart: ")[1:]]
    return {mark: log.count("Compilation of XLA executable time") for mark, _, log in parts}


def test_one_compilation_per_shape() -> None:
    """Epochs, order, resets, data and seeds are arguments of one program; a new shape is a new program."""
    counted = compilations(ORDINARY)

    assert {
        "first": 1,
        "again": 0,
        "more epochs, several calls": 0,
        "other order and resets": 0,
        "other data, other number of samples": 0,
        "other seeds": 0,
        "other units": 1,
        "other number of seeds": 1,
        "other number of rows": 1,
    } == counted


def test_counting_shows_a_program_compiled_for_its_batches() -> None:
    """The count is worth something: a misplaced tape, which trains as well, shows as a compilation per order."""
    assert {"first": 1, "other order": 1, "another order": 1} == compilations(TAPE_OUTSIDE)
