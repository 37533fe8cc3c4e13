"""Claims of comment 20 (atmaere, 2017-03-18): a stateful LSTM with sequences of different lengths.

Runs of one to five letters, each given as long as it is, the state zeroed before each; 32 units.
"""

import dataclasses

import numpy as np

from lstm_lab import Comment, Runs, always, at_least, claim

COMMENT = Comment(20, "atmaere", "2017-03-18")


@claim(
    "comment-20/stateful-with-variable-input-is-possible",
    "A stateful LSTM can be built for sequences of any length, trained on them and asked for others.",
    source=COMMENT,
    criterion=always(),
    asks=["open_time_axis"],
    expect="supported",
    control="a stateless layer instead of a stateful one",
    seeds=1,
    seeds_reason="whether it works does not depend on the weights, and a seed traces a training for several lengths",
)
def test_stateful_with_variable_input_is_possible(seed, broken, observe):
    """Keras alone: built for batches of one and any number of steps, trained on runs of one to five letters.

    `predict` is then asked for one, three and seven letters. That it is stateful still is seen by feeding the seven in
    two parts: the same answer as after all at once, within 1e-5, which float32 sums in another order do not reach in
    numbers up to 1.
    """
    import keras

    keras.utils.set_random_seed(seed)
    recurrent = keras.layers.LSTM(32, stateful=not broken)
    model = keras.Sequential(
        [keras.Input(batch_shape=(1, None, 1)), recurrent, keras.layers.Dense(26, activation="softmax")]
    )
    model.compile(loss="categorical_crossentropy", optimizer="adam")
    before = [weights.copy() for weights in model.get_weights()]
    x, y, _, lengths = Runs(count=50, padding="none").samples(seed)
    losses = []
    for length in (2, 5, 1, 4, 3):
        row = list(lengths).index(length)
        _reset(recurrent)
        losses.append(float(model.train_on_batch(x[row : row + 1, :length], y[row : row + 1])))
    trained = all((one != other).any() for one, other in zip(before, model.get_weights(), strict=True))

    seven = np.arange(7, dtype=np.float32).reshape(1, 7, 1) / 26
    answers = []
    for parts in ([seven[:, :1]], [seven[:, :3]], [seven], [seven[:, :3], seven[:, 3:]]):
        _reset(recurrent)
        answers.append([model.predict(part, batch_size=1, verbose=0) for part in parts][-1])
    assert all(answer.shape == (1, 26) and np.isfinite(answer).all() for answer in answers)
    distance = float(np.abs(answers[3] - answers[2]).max())
    observe(trained and bool(np.isfinite(losses).all()) and distance < 1e-5, distance=distance)


@claim(
    "comment-20/stateful-with-variable-input-is-possible-learns",
    "The question whether it is possible, read as whether it is learned: a stateful LSTM learns the variable-length "
    "problem, unpadded, to 90 % in 100 epochs.",
    source=COMMENT,
    criterion=at_least(0.8),
    expect="refuted",
)
def test_stateful_with_variable_input_learns(unpadded_stateful_100, unpadded_100, observe):
    """The comment only asks. The share of seeds is 0.8, as for the other outcomes. Each run is asked from a reset.

    The stateless model, whose accuracy is shown, does as well: after 100 epochs neither has learned it in most seeds.
    """
    accuracy = _accuracy_from_resets(unpadded_stateful_100)
    observe(
        accuracy >= 0.9,
        accuracy=accuracy,
        accuracy_of_the_stateless=unpadded_100.accuracy,
    )


@claim(
    "comment-20/stateful-variable-equals-naive-stateless",
    "The question why it is stateless, read as if that mattered: for sequences of different lengths it makes a "
    "difference whether the LSTM is stateless or stateful and reset.",
    source=COMMENT,
    criterion=always(),
    expect="refuted",
)
def test_stateful_variable_equals_naive_stateless(train, unpadded_60_runs_stateful, unpadded_60_runs, observe):
    """The comment only asks.

    Weights after 60 updates, one for each of 60 runs, from the same initial weights in the same order.
    Weights are of size one; a difference counts from 1e-5, which float32 sums in another order do not reach.
    """
    pairs = zip(unpadded_60_runs_stateful.weights, unpadded_60_runs.weights, strict=True)
    distance = max(float(np.abs(one - other).max()) for one, other in pairs)
    first = train(unpadded_60_runs.experiment.untrained).weights
    moved = max(float(np.abs(one - other).max()) for one, other in zip(first, unpadded_60_runs.weights, strict=True))
    assert moved > 1e-3, "nothing was trained"
    observe(distance > 1e-5, distance=distance, moved_by_the_training=moved)


def _reset(recurrent):
    if recurrent.stateful:
        recurrent.reset_state()


def _accuracy_from_resets(member):
    """The share of runs answered rightly, each as a row of its own with a zero state."""
    ensemble = member.ensemble

    def probe():
        samples = ensemble.samples
        count = samples.x.shape[1]
        side_by_side = dataclasses.replace(ensemble, experiment=ensemble.experiment.but(batch_size=count))
        zeros = [np.zeros((len(ensemble.seeds), count, 32), np.float32)] * 2
        outputs, _ = side_by_side.predict_from_states(samples.x, samples.lengths, zeros)
        return (outputs.argmax(axis=-1) == samples.y.argmax(axis=-1)).mean(axis=1)

    return float(ensemble.memoize("from resets", probe)[member.index])
