"""Claims of the section "Problem Description: Learn the Alphabet"."""

import subprocess
import sys

from fixtures.article import PROBLEM
from lstm_lab import always, claim

# What the 2016 listing does before it builds its model, and then a short training of that model.
PROCESS = """
import hashlib, sys
import numpy, keras
numpy.random.seed(int(sys.argv[1]))
x = (numpy.arange(25) / 26.0).reshape(25, 1, 1)
y = keras.utils.to_categorical(numpy.arange(1, 26))
model = keras.Sequential([keras.Input((1, 1)), keras.layers.LSTM(32), keras.layers.Dense(26, activation="softmax")])
model.compile(loss="categorical_crossentropy", optimizer="adam")
before = b"".join(numpy.asarray(array).tobytes() for array in model.get_weights())
model.fit(x, y, epochs=3, batch_size=1, verbose=0)
after = b"".join(numpy.asarray(array).tobytes() for array in model.get_weights())
print(hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest())
"""


def two_processes(seed: int) -> tuple[list[str], list[str]]:
    """The hashes of the weights before and after training, in two fresh processes."""
    command = [sys.executable, "-c", PROCESS, str(seed)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(2)
    ]
    first, second = (process.communicate()[0].split() for process in started)
    assert len(first) == len(second) == 2
    return first, second


@claim(
    "problem/numpy-seed-alone-suffices",
    "Seeding NumPy's generator alone, as the 2016 listing does, makes two executions of the training the same.",
    source=PROBLEM,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="a seed costs two fresh processes, and one counterexample decides",
    contradicts=["problem/seeding-gives-same-results"],
)
def test_numpy_seed_alone_suffices(seed, observe):
    """The listing is missing from the article's text; that it seeds NumPy alone is known from public copies of it.

    Keras 3 draws its initial weights from a generator of its own, which Python's `random` seeds and NumPy's does not.
    """
    first, second = two_processes(seed)
    observe(first == second, same_initial_weights=first[0] == second[0])
