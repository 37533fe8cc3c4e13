"""Claims of the section "Problem Description: Learn the Alphabet" about seeds and equal executions.

All are measured in two fresh processes that do the same: seed NumPy alone, build and train the first model; then, for
each of three seeds, seed Keras, build and train it; then once more without seeding again. The processes are shared by
the claims, since starting one costs more than its training; what a process did before must not matter to a seeded
training, so that claim becomes harder, not easier.
"""

import fcntl
import json
import os
import subprocess
import sys

import pytest

from fixtures.article import PROBLEM
from lstm_lab import always, claim

SEEDS = 3
NUMPY_ALONE, FIRST, AGAIN = 0, 1, 1 + SEEDS  # places among the executions of a process

PROCESS = f"""
import hashlib
import numpy, keras

x = (numpy.arange(25) / 26.0).reshape(25, 1, 1)
y = keras.utils.to_categorical(numpy.arange(1, 26))

def hashed(model):
    return hashlib.sha256(b"".join(numpy.asarray(array).tobytes() for array in model.get_weights())).hexdigest()

def execute():
    layers = [keras.layers.LSTM(32), keras.layers.Dense(26, activation="softmax")]
    model = keras.Sequential([keras.Input((1, 1)), *layers])
    model.compile(loss="categorical_crossentropy", optimizer="adam", jit_compile=False)
    before = hashed(model)
    model.optimizer.build(model.trainable_variables)  # or TensorFlow traces the training twice
    model.fit(x, y, epochs=10, batch_size=1, verbose=0)
    print(before, hashed(model))

numpy.random.seed(0)
execute()
for seed in range({SEEDS}):
    keras.utils.set_random_seed(seed)
    execute()
execute()
"""


@claim(
    "problem/seeding-gives-same-results",
    "Keras's own random seed makes two executions of the training the same, to the last bit of every weight.",
    source=PROBLEM,
    criterion=always(),
    asks=["own_seed_fixes_weights", "own_seed_fixes_training"],
    expect="supported",
    seeds=1,
    seeds_reason="an exact property; the two fresh processes go through three seeds of Keras",
    contradicts=["problem/numpy-seed-alone-suffices"],
    control="the seed given to NumPy alone",
)
def test_seeding_gives_same_results(processes, broken, observe):
    """Initial weights and weights after 10 epochs, by their hashes, for each of three seeds.

    Whether the epochs of one execution differ in their order is another matter, under
    `within-batch/shuffles-before-each-epoch-keras-seed`: both executions could draw the same new orders.
    """
    seeded = slice(NUMPY_ALONE, FIRST) if broken else slice(FIRST, AGAIN)
    initial, trained = same(processes, seeded)
    observe(all(initial + trained), same_initial_weights=all(initial), same_trained_weights=all(trained))


@claim(
    "problem/numpy-seed-alone-suffices",
    "Seeding NumPy's generator alone, as the 2016 listing does, makes two executions of the training the same.",
    source=PROBLEM,
    criterion=always(),
    asks=["numpy_seed_fixes_weights", "numpy_seed_fixes_order", "numpy_seed_fixes_training"],
    expect="refuted",
    seeds=1,
    seeds_reason="a seed costs two fresh processes, and one counterexample decides",
    contradicts=["problem/seeding-gives-same-results"],
)
def test_numpy_seed_alone_suffices(processes, observe):
    """The listing is missing from the article's text; that it seeds NumPy alone is known from public copies of it.

    Keras 3 draws its initial weights from a generator of its own, which Python's `random` seeds and NumPy's does not.
    """
    initial, trained = same(processes, slice(NUMPY_ALONE, FIRST))
    observe(all(initial + trained), same_initial_weights=all(initial), same_trained_weights=all(trained))


@claim(
    "problem/same-results-on-second-execution",
    "Seeded once, building and training the model a second time in the same process gives the same weights again.",
    source=PROBLEM,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="a seed costs an execution in two fresh processes, and one counterexample decides",
)
def test_same_results_on_second_execution(processes, observe):
    """The seed is where the random numbers begin: the second execution draws those that follow."""
    process = processes[0]
    first, second = process[AGAIN - 1], process[AGAIN]
    observe(first == second, same_initial_weights=first[0] == second[0], same_trained_weights=first[1] == second[1])


def same(processes, executions):
    """For each of these executions, whether both processes had the same initial weights, and the same trained ones."""
    pairs = list(zip(*(process[executions] for process in processes), strict=True))
    return [one[0] == other[0] for one, other in pairs], [one[1] == other[1] for one, other in pairs]


@pytest.fixture(scope="session")
def processes(tmp_path_factory):
    """For each of two processes and each execution: hashes of the initial and of the trained weights.

    Whichever worker comes first has them run; the others, which share the folder of the run, read what came of it.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    told = folder / "executions.json"
    with (folder / "executions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(json.dumps(executed()))
    return json.loads(told.read_text())


def executed():
    """Run both processes, side by side."""
    command = [sys.executable, "-c", PROCESS]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(2)
    ]
    told = [[line.split() for line in process.communicate()[0].splitlines()] for process in started]
    assert all([len(hashes) for hashes in process] == [2] * (AGAIN + 1) for process in told)
    return told
