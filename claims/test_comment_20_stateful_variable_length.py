"""Claims of comment 20 (atmaere, 2017-03-18): a stateful LSTM with sequences of different lengths.

Runs of one to five letters, each given as long as it is, the state zeroed before each; 32 units.
"""

import numpy as np

from fixtures.article import COMMENT_20
from fixtures.probes import rejection
from lstm_lab import Runs, always, claim


@claim(
    "comment-20/stateful-with-variable-input-is-possible",
    "It is possible: a stateful LSTM can be built for sequences of any length, trained on them and asked for others.",
    source=COMMENT_20.at(1, 2),
    stance="question",
    criterion=always(),
    asks=["open_time_axis"],
    expect="supported",
    revised="2026-11: seeds, measure; was SUPPORTED",
    control="a stateless layer instead of a stateful one",
    seeds=1,
    seeds_reason="whether it works does not depend on the weights, and a seed traces a training for several lengths",
)
def test_stateful_with_variable_input_is_possible(seed, broken, observe):
    """Keras alone: built for batches of one and any number of steps, trained on runs of one to five letters.

    `predict` is then asked for one, three and seven letters. That it is stateful still is seen by feeding the seven in
    two parts: the same answer as after all at once, within 1e-5, which float32 sums in another order do not reach in
    numbers up to 1. Any exception counts against it.

    How well such sequences are learned is another question: without the zeros as well as with them
    (`variable-length/padding-is-needed-to-learn`, refuted), also by a stateful LSTM
    (`comment-20/stateful-variable-equals-naive-stateless`).
    """
    losses, answers, moved = [], [], []

    def build_train_and_ask():
        import keras

        keras.utils.set_random_seed(seed)
        recurrent = keras.layers.LSTM(32, stateful=not broken)
        model = keras.Sequential(
            [keras.Input(batch_shape=(1, None, 1)), recurrent, keras.layers.Dense(26, activation="softmax")]
        )
        model.compile(loss="categorical_crossentropy", optimizer="adam")
        before = [weights.copy() for weights in model.get_weights()]
        x, y, _, lengths = Runs(count=50, padding="none").samples(seed)
        for length in (2, 5, 1, 4, 3):
            row = list(lengths).index(length)
            _reset(recurrent)
            losses.append(float(model.train_on_batch(x[row : row + 1, :length], y[row : row + 1])))
        moved.extend((one != other).any() for one, other in zip(before, model.get_weights(), strict=True))

        seven = np.arange(7, dtype=np.float32).reshape(1, 7, 1) / 26
        for parts in ([seven[:, :1]], [seven[:, :3]], [seven], [seven[:, :3], seven[:, 3:]]):
            _reset(recurrent)
            answers.append([model.predict(part, batch_size=1, verbose=0) for part in parts][-1])

    error = rejection(build_train_and_ask)
    numbers = np.concatenate([np.ravel(one) for one in (losses, *answers)])
    shapes = [answer.shape for answer in answers]
    distance = float(np.abs(answers[3] - answers[2]).max()) if error is None else np.inf
    observe(
        error is None and all(moved) and shapes == [(1, 26)] * 4 and np.isfinite(numbers).all() and distance < 1e-5,
        outcome="worked" if error is None else type(error).__name__,
        distance_in_two_parts=distance,
    )


@claim(
    "comment-20/stateful-variable-equals-naive-stateless",
    "Why stateless? It makes no difference: for sequences of different lengths, a stateful LSTM that is reset before "
    "each of them is trained to the same weights as a stateless one.",
    source=COMMENT_20.at(1, 3),
    stance="question",
    criterion=always(),
    expect="supported",
    revised="2026-11: statement turned round, measure; was REFUTED",
    control="a stateful LSTM that is never reset",
)
def test_stateful_variable_equals_naive_stateless(train, unpadded_60_runs_stateful, unpadded_60_runs, broken, observe):
    """Weights after 60 updates, one for each of 60 runs, from the same initial weights in the same order.
    Weights are of size one; a difference counts from 1e-5, which float32 sums in another order do not reach.

    So the stateful LSTM learns from such sequences whatever the stateless one learns from them unpadded.
    """
    stateful = train(unpadded_60_runs_stateful.experiment.but(reset="never")) if broken else unpadded_60_runs_stateful
    pairs = zip(stateful.weights, unpadded_60_runs.weights, strict=True)
    distance = max(float(np.abs(one - other).max()) for one, other in pairs)
    first = train(unpadded_60_runs.experiment.untrained).weights
    moved = max(float(np.abs(one - other).max()) for one, other in zip(first, unpadded_60_runs.weights, strict=True))
    assert moved > 1e-3, "nothing was trained"
    observe(distance <= 1e-5, distance=distance, moved_by_the_training=moved)


def _reset(recurrent):
    if recurrent.stateful:
        recurrent.reset_state()
