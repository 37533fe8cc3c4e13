"""The compiled loop compared with hand-written C: the same training steps, fused by hand (`floor.c`)."""

from __future__ import annotations

import ctypes
import platform
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.blocks import CLASSES, Block, random_samples
from benchmarks.conftest import TARGETS, median, processor_time, target
from lstm_lab import Regime, recurrent_classifier
from lstm_lab.training.experiment import Network
from lstm_lab.training.planning import SEEDS_PER_BLOCK
from lstm_lab.training.problems import Samples

SEEDS = tuple(range(SEEDS_PER_BLOCK))
PADDED = 32  # classes, as in floor.c
STEPS = 500  # of an epoch; after the first, both must have the same weights
EPOCHS = 8  # of a round
ROUNDS = 9
# States are reset after the 25 letters of the alphabet.
REGIME = Regime(epochs=EPOCHS, shuffle="never", reset=25)
SOURCE = Path(__file__).with_name("floor.c")
# AVX2 and no more, as the loop is compiled; sums may be taken in any order, and roots and quotients are exact, which
# costs less than their approximations by -ffast-math.
FLAGS = [
    "-O3",
    "-fno-math-errno",
    "-fno-trapping-math",
    "-fno-signed-zeros",
    "-fassociative-math",
    "-ffinite-math-only",
]
AVX2 = ["-mavx2", "-mfma"] if platform.machine() in ("x86_64", "AMD64") else []

Floats = NDArray[np.float32]


class Shape(NamedTuple):
    """A network of one LSTM and one Dense layer, and the number of time steps of its samples."""

    time_steps: int
    units: int
    stateful: bool = False

    @property
    def network(self) -> Network:
        """The network of an experiment."""
        return recurrent_classifier(self.units, CLASSES, stateful=self.stateful)

    def __str__(self) -> str:
        return f"{'stateful, ' if self.stateful else ''}T = {self.time_steps}, {self.units} units"


SHAPES = [Shape(1, 32), Shape(3, 32), Shape(5, 32), Shape(25, 32), Shape(1, 16, True), Shape(1, 50, True)]


class Floor:
    """The same training in C, from the same weights on the same batches."""

    def __init__(
        self, train: Callable[..., None], shape: Shape, start: Sequence[Floats], samples: Sequence[Samples]
    ) -> None:
        self.train, self.shape = train, shape
        self.x, self.y = (np.stack(arrays, axis=1) for arrays in list(zip(*samples, strict=True))[:2])
        self.resets = np.zeros((STEPS, len(SEEDS)), np.bool_)
        self.resets[:: REGIME.reset] = True
        kernel, recurrent, bias, dense, dense_bias = start
        rows = np.concatenate([kernel, bias[:, None], recurrent], axis=1)
        classes = np.concatenate([dense_bias[:, None], dense], axis=1)
        padded = np.pad(classes, ((0, 0), (0, 0), (0, PADDED - CLASSES)))
        self.packed = np.concatenate([each.reshape(len(SEEDS), -1) for each in (rows, padded)], axis=1)
        self.moments = np.zeros_like(self.packed), np.zeros_like(self.packed)
        self.states = np.zeros((len(SEEDS), 2, shape.units), np.float32)
        self.losses = np.zeros((STEPS, len(SEEDS)), np.float32)
        self.done = 0
        self.seconds: list[float] = []

    def __call__(self, epochs: int = EPOCHS) -> None:
        """Train further epochs; records the seconds of one step of one seed."""
        began = time.process_time()
        for _ in range(epochs):
            batches = self.x, self.y, self.resets
            self.train(len(SEEDS), STEPS, self.done, *batches, self.packed, *self.moments, self.states, self.losses)
            self.done += STEPS
        self.seconds.append((time.process_time() - began) / (epochs * STEPS * len(SEEDS)))

    @property
    def weights(self) -> list[Floats]:
        """The weights in Keras's order, each (S, ...)."""
        units = self.shape.units
        rows, classes = np.split(self.packed, [(2 + units) * 4 * units], axis=1)
        rows, classes = rows.reshape(-1, 2 + units, 4 * units), classes.reshape(-1, 1 + units, PADDED)[..., :CLASSES]
        return [rows[:, :1], rows[:, 2:], rows[:, 1], classes[:, 1:], classes[:, 0]]


@pytest.fixture(params=SHAPES, ids=str)
def shape(request) -> Shape:
    """One of the networks."""
    return request.param


@pytest.fixture
def train(shape, tmp_path) -> Callable[..., None]:
    """The function of floor.c for this network."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler: got no cc in PATH, wanted gcc or clang by that name")
    library = tmp_path / "floor.so"
    sizes = [f"-DTIME_STEPS={shape.time_steps}", f"-DUNITS={shape.units}", f"-DSTATEFUL={shape.stateful:d}"]
    command = [compiler, *FLAGS, *AVX2, *sizes, "-shared", "-fPIC", str(SOURCE), "-lm", "-o", str(library)]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    if completed.returncode:
        pytest.fail(f"floor.c: {compiler} could not compile it\n{completed.stderr}", pytrace=False)
    function = ctypes.CDLL(str(library)).train
    floats = np.ctypeslib.ndpointer(np.float32, flags="C_CONTIGUOUS")
    resets = np.ctypeslib.ndpointer(np.bool_, flags="C_CONTIGUOUS")
    function.argtypes = [*[ctypes.c_int] * 3, floats, floats, resets, *[floats] * 5]
    function.restype = None
    return function


@pytest.mark.benchmark(group="steps beside hand-written C", timer=processor_time)
def test_compiled_loop_beside_hand_written_c(shape, train, benchmark, note) -> None:
    """Both train the same weights; the compiled loop is measured in rounds, each after as many steps in C."""
    samples = random_samples(STEPS, shape.time_steps, len(SEEDS))
    compiled = Block(shape.network, REGIME, samples, SEEDS)
    floor = Floor(train, shape, compiled.snapshot.weights, samples)
    compiled(1)
    floor(1)
    for mine, its in zip(floor.weights, compiled.snapshot.weights, strict=True):
        np.testing.assert_allclose(mine, its, rtol=0, atol=1e-4)
    floor.seconds.clear()

    benchmark.pedantic(compiled, args=(EPOCHS,), setup=floor, rounds=ROUNDS)
    seconds = median(benchmark) / (EPOCHS * STEPS * len(SEEDS))
    least = statistics.median(floor.seconds)
    ratio = f"{seconds / least:.2f}"
    cells = {"compiled loop": f"{seconds * 1e6:.3g} µs", "C by hand": f"{least * 1e6:.3g} µs", "loop / C": ratio}
    note("10 seeds, per seed and step", str(shape), cells)
    benchmark.extra_info.update(cells)
    if shape in (Shape(1, 32), Shape(5, 32)):
        note(TARGETS, f"times the cost of hand-written C: {shape}", target("at most 1.7", ratio))
