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

from benchmarks.conftest import TARGETS, median, processor_seconds, target
from lstm_lab import recurrent_classifier
from lstm_lab.training.compiled import train
from lstm_lab.training.experiment import Network, Regime, initial_weights
from lstm_lab.training.planning import SEEDS_PER_BLOCK
from lstm_lab.training.problems import Samples

SEEDS = tuple(range(SEEDS_PER_BLOCK))
CLASSES, PADDED = 26, 32  # as in floor.c
LETTERS = 25  # steps from one reset of a stateful network to the next
CHECKED = 500  # steps after which both must have the same weights
ROUNDS = 9
STEPS = 4096  # of a round
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


class Batches(NamedTuple):
    """The batches of all steps of an epoch.

    Attributes:
        x: numbers between 0 and 1, (steps, S, 1, T, 1).
        y: one-hot targets, (steps, S, 1, classes).
        resets: whether states are zeroed before a step, (steps, S).
    """

    x: Floats
    y: Floats
    resets: NDArray[np.bool_]

    @staticmethod
    def drawn(steps: int, time_steps: int) -> Batches:
        """Random batches."""
        random = np.random.default_rng(0)
        x = random.random((steps, len(SEEDS), 1, time_steps, 1), np.float32)
        y = np.eye(CLASSES, dtype=np.float32)[random.integers(CLASSES, size=(steps, len(SEEDS), 1))]
        resets = np.zeros((steps, len(SEEDS)), np.bool_)
        resets[::LETTERS] = True
        return Batches(x, y, resets)


class CompiledLoop:
    """The compiled loop of a block of seeds; each call trains an epoch more."""

    def __init__(self, shape: Shape, batches: Batches) -> None:
        self.network, self.regime = shape.network, Regime(1, shuffle="never", reset=LETTERS)
        self.samples = [Samples(batches.x[:, seed, 0], batches.y[:, seed, 0]) for seed in range(len(SEEDS))]
        (self.snapshot,) = train(self.network, self.regime, self.samples, SEEDS, [0])

    def __call__(self) -> None:
        """Train on all batches."""
        start = self.snapshot
        (self.snapshot,) = train(self.network, self.regime, self.samples, SEEDS, [start.epoch + 1], start=start)


class Floor:
    """The same training in C, from the same weights on the same batches."""

    def __init__(self, train: Callable[..., None], shape: Shape, start: Sequence[Floats], batches: Batches) -> None:
        self.train, self.shape, self.batches = train, shape, batches
        kernel, recurrent, bias, dense, dense_bias = start
        rows = np.concatenate([kernel, bias[:, None], recurrent], axis=1)
        classes = np.concatenate([dense_bias[:, None], dense], axis=1)
        padded = np.pad(classes, ((0, 0), (0, 0), (0, PADDED - CLASSES)))
        self.packed = np.concatenate([each.reshape(len(SEEDS), -1) for each in (rows, padded)], axis=1)
        self.moments = np.zeros_like(self.packed), np.zeros_like(self.packed)
        self.states = np.zeros((len(SEEDS), 2, shape.units), np.float32)
        self.losses = np.zeros(batches.resets.shape, np.float32)
        self.done = 0
        self.seconds: list[float] = []

    def __call__(self) -> None:
        """Train on all batches; records the seconds of one step of one seed."""
        count = len(self.batches.x)
        began = time.process_time()
        self.train(len(SEEDS), count, self.done, *self.batches, self.packed, *self.moments, self.states, self.losses)
        self.seconds.append((time.process_time() - began) / (count * len(SEEDS)))
        self.done += count

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
def train_in_c(shape, tmp_path) -> Callable[..., None]:
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


@pytest.mark.benchmark(group="steps beside hand-written C", timer=processor_seconds)
def test_compiled_loop_beside_hand_written_c(shape, train_in_c, benchmark, note) -> None:
    """Both train the same weights; the compiled loop is measured in rounds, each after as many steps in C."""
    start = initial_weights(shape.network, SEEDS, (shape.time_steps, 1), 1)
    checked = Batches.drawn(CHECKED, shape.time_steps)
    short, in_c = CompiledLoop(shape, checked), Floor(train_in_c, shape, start, checked)
    short()
    in_c()
    for mine, its in zip(in_c.weights, short.snapshot.weights, strict=True):
        np.testing.assert_allclose(mine, its, rtol=0, atol=1e-4)

    batches = Batches.drawn(STEPS, shape.time_steps)
    compiled, floor = CompiledLoop(shape, batches), Floor(train_in_c, shape, start, batches)
    compiled()  # compiles
    benchmark.pedantic(compiled, setup=floor, rounds=ROUNDS)
    seconds = median(benchmark) / (STEPS * len(SEEDS))
    least = statistics.median(floor.seconds)
    ratio = f"{seconds / least:.2f}"
    cells = {"compiled loop": f"{seconds * 1e6:.3g} µs", "C by hand": f"{least * 1e6:.3g} µs", "loop / C": ratio}
    note("10 seeds, per seed and step", str(shape), cells)
    benchmark.extra_info.update(cells)
    if shape in (Shape(1, 32), Shape(5, 32)):
        note(TARGETS, f"times the cost of hand-written C: {shape}", target("at most 1.7", ratio))
