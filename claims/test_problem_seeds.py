"""Claims of the section "Problem Description: Learn the Alphabet" about seeds and equal executions.

Both are measured in two fresh processes that do the same: for each of three seeds, seed Keras once, then build and
train the first model twice. The processes are shared by all seeds, since starting one costs more than its training;
what a process did for an earlier seed must not matter to a seeded training, so the claims become harder, not easier.
"""

import functools
import subprocess
import sys

from fixtures.article import PROBLEM
from lstm_lab import always, claim

SEEDS = 3

PROCESS = f"""
import hashlib, sys
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
    model.fit(x, y, epochs=10, batch_size=1, verbose=0)
    return before + " " + hashed(model)

for seed in range({SEEDS}):
    (keras.utils.set_random_seed if sys.argv[1] == "keras" else numpy.random.seed)(seed)
    print(execute(), execute())
"""


@claim(
    "problem/seeding-gives-same-results",
    "Keras's own random seed makes two executions of the training the same, to the last bit of every weight.",
    source=PROBLEM,
    criterion=always(),
    seeds=SEEDS,
    seeds_reason="an exact property, shown in fresh processes",
    contradicts=["problem/numpy-seed-alone-suffices", "within-batch/shuffles-before-each-epoch"],
    control="the seed given to NumPy alone",
)
def test_seeding_gives_same_results(seed, broken, observe):
    """Initial weights and weights after 10 epochs, by their hashes."""
    one, other = (process[seed] for process in processes("numpy" if broken else "keras"))
    observe(one[:2] == other[:2], same_initial_weights=one[0] == other[0], same_trained_weights=one[1] == other[1])


@claim(
    "problem/same-results-on-second-execution",
    "Seeded once, building and training the model a second time in the same process gives the same weights again.",
    source=PROBLEM,
    criterion=always(),
    seeds=SEEDS,
    seeds_reason="an exact property, shown in fresh processes",
)
def test_same_results_on_second_execution(seed, observe):
    """The seed is where the random numbers begin: the second execution draws those that follow."""
    initial, trained, initial_again, trained_again = processes("keras")[0][seed]
    observe(
        (initial, trained) == (initial_again, trained_again),
        same_initial_weights=initial == initial_again,
        same_trained_weights=trained == trained_again,
    )


@functools.cache
def processes(seeded):
    """For each of two processes and each seed: hashes of the initial and the trained weights, of both executions."""
    command = [sys.executable, "-c", PROCESS, seeded]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(2)
    ]
    told = [[line.split() for line in process.communicate()[0].splitlines()] for process in started]
    assert all([len(hashes) for hashes in process] == [4] * SEEDS for process in told)
    return told
