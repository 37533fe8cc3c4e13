"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" about padding with zeros."""

import numpy as np

from fixtures.article import VARIABLE
from fixtures.experiments import VARIABLE_LENGTH
from lstm_lab import ALPHABET, Runs, always, claim


@claim(
    "variable-length/padding-is-prefix",
    "Keras's `pad_sequences` puts the zeros before a sequence unless it is told otherwise.",
    source=VARIABLE,
    criterion=always(),
    expect="supported",
    control="pad_sequences told to pad behind",
)
def test_padding_is_prefix(seed, broken, observe):
    """On one and three numbers, and on all runs of a seed, whose rows it must make the rows that are trained on."""
    import keras

    told = {"padding": "post"} if broken else {}
    two = keras.utils.pad_sequences([[1], [1, 2, 3]], maxlen=5, **told)
    bare = Runs(padding="none").samples(seed)
    runs = [row[:length, 0] for row, length in zip(bare.x, bare.lengths, strict=True)]
    rows = keras.utils.pad_sequences(runs, maxlen=5, dtype="float32", **told)[..., None]
    before = two.tolist() == [[0, 0, 0, 0, 1], [0, 0, 1, 2, 3]]
    observe(before and bool((rows == VARIABLE_LENGTH.problem.samples(seed).x).all()), one_and_three=str(two.tolist()))


@claim(
    "variable-length/padding-collides-with-letter-a",
    "Padding with zeros keeps texts apart: different texts become different arrays.",
    source=VARIABLE,
    criterion=always(),
    expect="refuted",
    seeds=1,
    seeds_reason="five given texts, nothing is drawn",
)
def test_padding_collides_with_letter_a(seed, observe):
    """Five texts. The code of A is 0, as is the padding: B, AB and AAAB are one array, A and AA another.

    Among the 115 runs of up to five letters only those that begin with A meet others. All texts that fall together
    end with the same letter, so they have the same target; the padding costs no accuracy, it makes A invisible.
    """
    texts, runs = ("B", "AB", "AAAB", "A", "AA"), Runs(count=0).samples(seed).x
    observe(
        len(_padded(texts)) == len(texts),
        different_arrays_of_5_texts=len(_padded(texts)),
        different_arrays_of_115_runs=len(np.unique(runs, axis=0)),
    )


@claim(
    "variable-length/zero-padding-required",
    "As the runs differ in length they must be padded with zeros: neither unpadded nor masked ones can be learned.",
    source=VARIABLE,
    criterion=always(),
    expect="refuted",
    seeds=3,
    seeds_reason="Keras itself trains two models in every seed",
)
def test_zero_padding_required(unpadded_100, masked_100, variable_length_100, observe):
    """Two other ways, each asked of Keras's `train_on_batch`: one unpadded run at a time into a model of any number
    of time steps, and runs padded with -1 behind a `Masking` layer, which unlike zeros cannot be taken for an A.

    The claim would hold in a seed in which neither can be trained. What 100 epochs of each come to is shown beside
    100 epochs with zeros. A third way, a ragged tensor, is shown only.
    """
    unpadded = _trains(_any_length(unpadded_100), _one_by_one(unpadded_100.samples))
    masked = _trains(_eager(masked_100.keras_model()), [[array[:8] for array in masked_100.samples[:2]]])
    observe(
        not (unpadded or masked),
        unpadded_is_trained=unpadded,
        masked_is_trained=masked,
        ragged_tensor_is_taken=_takes_ragged(_any_length(unpadded_100), unpadded_100.samples),
        accuracy_unpadded=unpadded_100.accuracy,
        accuracy_masked=masked_100.accuracy,
        accuracy_zero_padded=variable_length_100.accuracy,
    )


def _padded(texts):
    """The different rows that Keras makes of texts."""
    import keras

    codes = [[ALPHABET.index(letter) for letter in text] for text in texts]
    return np.unique(keras.utils.pad_sequences(codes, maxlen=5), axis=0)


def _any_length(member):
    """The member's network in Keras for any number of time steps."""
    import keras

    layers = [member.keras_layer("LSTM", 32), keras.layers.Dense(26, activation="softmax")]
    model = keras.Sequential([keras.Input((None, 1)), *layers])
    model.set_weights(member.weights)
    return _eager(model)


def _eager(model):
    """The model as it is trained step by step: compiling would cost more than the few steps that are asked for."""
    model.compile(loss="categorical_crossentropy", optimizer="adam", run_eagerly=True)
    return model


def _one_by_one(samples):
    """The first run of one, three and five letters, each alone and without padding."""
    firsts = [int(np.flatnonzero(samples.lengths == length)[0]) for length in (1, 3, 5)]
    return [(samples.x[row : row + 1, : samples.lengths[row]], samples.y[row : row + 1]) for row in firsts]


def _trains(model, batches):
    """Whether Keras takes every batch, with a finite loss, and moves the weights; it refuses one by its shape."""
    before = model.get_weights()
    try:
        losses = [np.ravel(model.train_on_batch(*batch))[0] for batch in batches]
    except ValueError as error:
        if "shape" not in str(error):
            raise
        return False
    moved = any((one != other).any() for one, other in zip(before, model.get_weights(), strict=True))
    return bool(np.isfinite(losses).all()) and moved


def _takes_ragged(model, samples):
    import tensorflow as tf

    runs = [row[:length].tolist() for row, length in zip(samples.x[:8], samples.lengths[:8], strict=True)]
    try:
        answers = model(tf.ragged.constant(runs, ragged_rank=1, dtype=tf.float32))
    except ValueError as error:
        if "ragged" not in str(error):
            raise
        return False
    return answers.shape == (8, 26)
