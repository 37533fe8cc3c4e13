"""Claims of the section "Naive LSTM for Learning One-Char to One-Char Mapping" about the order of the letters."""

import functools

import numpy as np
import pytest

from fixtures.article import NAIVE
from fixtures.experiments import NAIVE_IN_ORDER, NAIVE_ONE_CHAR, NAIVE_ONE_ORDER
from lstm_lab import always, beats, case, claim, equivalent

EPOCHS = 3
FEW_SEEDS = {"seeds": 2, "seeds_reason": "a seed costs seconds of Keras's own `fit`"}
UNSHUFFLED = "shuffling switched off in Keras's own fit"


@pytest.fixture(scope="session")
def orders(train, naive_one_char, seed, broken):
    """The letters in the order in which Keras's own `fit` feeds them to the network, each (epochs, 25) of 0 to 24.

    Of a new model, of the model of 500 epochs as it trains on, and of that again once Keras was seeded.
    """
    import keras
    import tensorflow as tf

    model, fed = _tapped(naive_one_char.experiment.network)
    settings = {"shuffle": False} if broken else {}

    def order(weights):
        fed.clear()
        model.set_weights(weights)
        model.fit(*naive_one_char.samples[:2], epochs=EPOCHS, batch_size=1, verbose=0, **settings)
        return np.rint(26 * np.array(fed)).astype(int).reshape(EPOCHS, 25)

    of_new = train(NAIVE_ONE_CHAR.untrained).weights  # drawing them seeds Keras
    tf.random.set_seed(None)  # the listing of 2016 seeds NumPy alone
    new, trained = order(of_new), order(naive_one_char.weights)
    keras.utils.set_random_seed(seed)
    return {"new": new, "trained": trained, "seeded": order(naive_one_char.weights)}


@functools.cache
def _tapped(network):
    """A Keras model that writes down the letter that reaches it in each update, and what it wrote; traced once."""
    import keras
    import tensorflow as tf

    fed = []

    class Tapped(keras.Sequential):
        def train_step(self, batch):
            tf.py_function(lambda x: fed.append(float(x[0, 0, 0])), [batch[0]], [])
            return super().train_step(batch)

    model = Tapped([keras.Input((1, 1)), *network.build((1, 1)).layers])
    model.compile(loss=network.loss, optimizer=network.optimizer.build(), jit_compile=False)  # XLA has no py_function
    return model, fed


@claim(
    "naive-one-char/framed-as-random-collection",
    "From the first epoch on, the pairs of letters reach the network as a random collection: all, out of order.",
    source=NAIVE,
    criterion=always(),
    asks=["shuffles_by_default"],
    expect="supported",
    control=UNSHUFFLED,
    **FEW_SEEDS,
)
def test_framed_as_random_collection(orders, observe):
    """Each of the first epochs of Keras's own `fit` with its defaults is a permutation and not the alphabet."""
    observe(_is_permutation(orders["new"]) and _is_out_of_order(orders["new"]))


@claim(
    "naive-one-char/shown-in-random-order",
    "The trained model, too, is shown the pairs in a random order in every epoch.",
    source=NAIVE,
    criterion=always(),
    asks=["shuffles_by_default"],
    expect="supported",
    control=UNSHUFFLED,
    **FEW_SEEDS,
)
def test_shown_in_random_order(orders, observe):
    """As for the first epochs, when `fit` goes on from the weights of 500 epochs: an order hangs on no weight."""
    observe(_is_permutation(orders["trained"]) and _is_out_of_order(orders["trained"]))


@claim(
    "naive-one-char/shown-in-random-order-drawn-anew",
    "The random order is drawn anew for every epoch.",
    source=NAIVE,
    criterion=always(),
    asks=["redrawn_unseeded", "redrawn_numpy_seed"],
    expect="supported",
    control=UNSHUFFLED,
    **FEW_SEEDS,
)
def test_shown_in_random_order_drawn_anew(orders, observe):
    """A second reading, with Keras as the listing of 2016 leaves it: it seeds NumPy, which Keras does not ask."""
    observe(_all_differ(orders["new"]) and _all_differ(orders["trained"]))


@claim(
    "naive-one-char/shown-in-random-order-drawn-anew-once-seeded",
    "The random order is drawn anew for every epoch once Keras was seeded.",
    source=NAIVE,
    criterion=always(),
    asks=["redrawn_framework_seed"],
    expect="refuted",
    control=UNSHUFFLED,
    **FEW_SEEDS,
)
def test_shown_in_random_order_drawn_anew_once_seeded(orders, observe):
    """`fit` on TensorFlow then replays one permutation in every epoch, also once TensorFlow alone was seeded, as
    `within-batch/shuffles-before-each-epoch-tensorflow-seed` shows. What a replayed order does to the learning is
    `random-order-is-a-cause-one-order`.
    """
    assert _is_permutation(orders["seeded"])
    observe(_all_differ(orders["seeded"]), different_orders=len(np.unique(orders["seeded"], axis=0)), epochs=EPOCHS)


@claim(
    "naive-one-char/random-order-is-a-cause",
    "The random order is a cause of the poor learning: shown in alphabetical order, the pairs are learned better.",
    source=NAIVE,
    criterion=beats(),
    expect="inconclusive",
    cases=[
        case(model=NAIVE_IN_ORDER),
        case(
            "one-order",
            statement=(
                "The random order is a cause of the poor learning: in one and the same for all epochs, they "
                "are learned better."
            ),
            model=NAIVE_ONE_ORDER,
            note="What `fit` does once Keras was seeded, against an order drawn anew for every epoch.",
        ),
    ],
)
def test_random_order_is_a_cause(model, naive_one_char, observe):
    """Same initial weights and budget; nothing but the order differs. It is worth one letter in the median, three
    quarters of a letter in the mean."""
    observe(model.accuracy, against=naive_one_char.accuracy)


@claim(
    "naive-one-char/random-order-is-a-cause-no-difference",
    "Random or alphabetical, the order does not matter by more than a letter.",
    source=NAIVE,
    criterion=equivalent(within=0.04),
    expect="supported",
    control="50 epochs in alphabetical order instead of 500",
)
def test_random_order_is_a_cause_no_difference(train, naive_in_order, naive_one_char, broken, observe):
    """By a letter, one of 25, which is 0.04. The difference lies just at that margin: alphabetical order gains one
    letter in the median.

    It is a reading of its own and not the opposite of `random-order-is-a-cause`: that asks how often alphabetical order
    is better, this by how much, so a gain of one letter in most seeds would satisfy both.
    """
    in_order = train(NAIVE_IN_ORDER.but(epochs=50)) if broken else naive_in_order
    observe(in_order.accuracy, against=naive_one_char.accuracy)


def _is_permutation(orders):
    return bool((np.sort(orders, axis=1) == np.arange(25)).all())


def _is_out_of_order(orders):
    return bool((orders != np.arange(25)).any(axis=1).all())


def _all_differ(orders):
    return len(np.unique(orders, axis=0)) == len(orders)
