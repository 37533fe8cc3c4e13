"""Claims of the section "Problem Description: Learn the Alphabet" about seeds and equal executions.

All are measured in two fresh processes that do the same: seed NumPy alone, build and train the first model; the same
with TensorFlow's seed alone; then, for each of three seeds, seed Keras, build and train it. The processes are shared by
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
NUMPY_ALONE, TENSORFLOW_ALONE, KERAS = slice(0, 1), slice(1, 2), slice(2, 2 + SEEDS)  # among a process's executions

PROCESS = f"""
import hashlib
import numpy, keras, tensorflow

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
tensorflow.random.set_seed(0)
execute()
for seed in range({SEEDS}):
    keras.utils.set_random_seed(seed)
    execute()
"""


@claim(
    "problem/numpy-seed-alone-suffices",
    "Seeding the random number generator as the listing does, that of NumPy, makes two executions of the training the "
    "same.",
    source=PROBLEM.at(6),
    stance="stated",
    criterion=always(),
    asks=["numpy_seed_fixes_weights", "numpy_seed_fixes_order", "numpy_seed_fixes_training"],
    expect="refuted",
    seeds=1,
    seeds_reason="a seed costs two fresh processes, and one counterexample decides",
    holds_with="Keras's own seed instead of NumPy's alone",
    revised="2026-11: seeds, measure; was REFUTED",
)
def test_numpy_seed_alone_suffices(processes, planted, observe):
    """Its author would answer that in 2016 it did. That is so: Keras on Theano drew all its random numbers from NumPy's
    generator, and the runs that the article prints come out again from it (`published-run/comes-out-again-one-letter`).
    That does not save the sentence for who runs the listing today: Keras 3 draws its initial weights from a generator
    of its own, which Python's `random` seeds and NumPy's does not.

    The text says that the random number generator is seeded. Its listing is missing; that it seeds NumPy alone is known
    from public copies of it. What makes executions the same today: `problem/seeding-gives-same-results`.
    """
    initial, trained = same(processes, KERAS if planted else NUMPY_ALONE)
    observe(all(initial + trained), same_initial_weights=all(initial), same_trained_weights=all(trained))


@claim(
    "problem/tensorflow-seed-alone-suffices",
    "Seeding TensorFlow's generator alone makes two executions of the training the same.",
    source=PROBLEM.at(6),
    stance="probe",
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="a seed costs two fresh processes, and one counterexample decides",
    holds_with="Keras's own seed instead of TensorFlow's alone",
)
def test_tensorflow_seed_alone_suffices(processes, planted, observe):
    """A later edition of the listing seeds TensorFlow in place of NumPy. For Keras 3 that is not enough either."""
    initial, trained = same(processes, KERAS if planted else TENSORFLOW_ALONE)
    observe(all(initial + trained), same_initial_weights=all(initial), same_trained_weights=all(trained))


@claim(
    "problem/seeding-gives-same-results",
    "Keras's own random seed makes two executions of the training the same, to the last bit of every weight.",
    source=PROBLEM.at(6),
    stance="probe",
    criterion=always(),
    asks=["own_seed_fixes_weights", "own_seed_fixes_training"],
    expect="supported",
    seeds=1,
    seeds_reason="an exact property; the two fresh processes go through three seeds of Keras",
    control="the seed given to NumPy alone",
    revised="2026-11: seeds, measure; was SUPPORTED",
)
def test_seeding_gives_same_results(processes, broken, observe):
    """The remedy for who wants the same results today. Initial weights and weights after 10 epochs, by their hashes,
    for each of three seeds.

    An execution begins with the seeding. A second training without seeding again draws the random numbers that follow,
    and is another one.

    It has a price: with this seed each epoch has the same order
    (`within-batch/shuffles-before-each-epoch-keras-seed`).
    """
    initial, trained = same(processes, NUMPY_ALONE if broken else KERAS)
    observe(all(initial + trained), same_initial_weights=all(initial), same_trained_weights=all(trained))


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
    assert all([len(hashes) for hashes in process] == [2] * KERAS.stop for process in told)
    return told
