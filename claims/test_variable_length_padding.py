"""Claims of the section "LSTM with Variable-Length Input to One-Char Output" about padding with zeros."""

import numpy as np

from fixtures.article import VARIABLE
from fixtures.experiments import VARIABLE_LENGTH
from fixtures.probes import rejection
from lstm_lab import ALPHABET, Runs, always, beats, claim

UNPADDED = Runs(padding="none")  # the runs of `VARIABLE_LENGTH`, each as long as it is
EVERY_RUN, EVERY_RUN_UNPADDED = Runs(count=0), Runs(count=0, padding="none")


@claim(
    "variable-length/zero-padding-required",
    "As the runs differ in length they must be padded to be trained together: neither NumPy nor Keras makes an "
    "ordinary array of them as they are.",
    source=VARIABLE.at(6, 1),
    stance="stated",
    criterion=always(),
    expect="supported",
    control="runs of five letters alone",
    revised="2026-11: statement, measure; was REFUTED",
)
def test_zero_padding_required(seed, broken, observe):
    """The first 32 runs of a seed: neither NumPy nor Keras makes one array of them, and once padded Keras does. A
    ragged tensor holds them as they are.

    To be learned they do not need it: one by one, as the article's batches are of one, they can be trained without.
    See `variable-length/padding-is-needed-to-learn`.
    """
    import keras

    samples = (Runs(shortest=5, padding="none") if broken else UNPADDED).samples(seed)
    runs = [row[:length] for row, length in zip(samples.x[:32], samples.lengths[:32], strict=True)]
    by_numpy = rejection(np.stack, runs, kinds=ValueError)
    by_keras = rejection(keras.ops.convert_to_tensor, runs, kinds=(ValueError, TypeError))
    padded = keras.utils.pad_sequences(runs, maxlen=5, dtype="float32")
    taken = tuple(keras.ops.convert_to_tensor(padded).shape) == (32, 5, 1)
    observe(by_numpy is not None and by_keras is not None and taken)


@claim(
    "variable-length/padding-is-needed-to-learn",
    "Runs that differ in length require the zeros to be learned: trained one by one, each as long as it is, fewer are "
    "learned, by more than 0.02 of accuracy.",
    source=VARIABLE.at(6, 1),
    stance="strict",
    criterion=beats(by=0.02),
    sides=("training with the zeros", "training without them"),
    measure="accuracy on the 115 runs of one to five letters",
    expect="refuted",
    holds_with="zeros in the training and none when it is asked",
    revised="2026-11: statement, measure, criterion, margin; was REFUTED",
)
def test_padding_is_needed_to_learn(unpadded_100, variable_length_100, planted, observe):
    """100 epochs each, the same thousand runs in the same order; the accuracy on the 115 runs, in steps of 0.0087.

    A model that was trained with the zeros does need them; one that was trained without them is as good at least.
    """
    unpadded = variable_length_100 if planted else unpadded_100
    observe(variable_length_100.accuracy_on(EVERY_RUN), against=unpadded.accuracy_on(EVERY_RUN_UNPADDED))


@claim(
    "variable-length/padding-is-prefix",
    "Keras's `pad_sequences` puts the zeros before a sequence unless it is told otherwise.",
    source=VARIABLE.at(6, 2),
    stance="stated",
    criterion=always(),
    expect="supported",
    control="pad_sequences told to pad behind",
)
def test_padding_is_prefix(seed, broken, observe):
    """On one and three numbers, and on all runs of a seed, whose rows it must make the rows that are trained on."""
    import keras

    told = {"padding": "post"} if broken else {}
    two = keras.utils.pad_sequences([[1], [1, 2, 3]], maxlen=5, **told)
    bare = UNPADDED.samples(seed)
    runs = [row[:length, 0] for row, length in zip(bare.x, bare.lengths, strict=True)]
    rows = keras.utils.pad_sequences(runs, maxlen=5, dtype="float32", **told)[..., None]
    before = two.tolist() == [[0, 0, 0, 0, 1], [0, 0, 1, 2, 3]]
    observe(before and bool((rows == VARIABLE_LENGTH.problem.samples(seed).x).all()), one_and_three=str(two.tolist()))


@claim(
    "variable-length/padding-collides-with-letter-a",
    "Padded with zeros, texts that differ only in leading As become one array: the code of A is 0, too.",
    source=VARIABLE.at(6, 2),
    stance="probe",
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason="five given texts, nothing is drawn",
    control="letters numbered from 1 on",
    revised="2026-11: statement; the opposite was REFUTED",
)
def test_padding_collides_with_letter_a(seed, broken, observe):
    """Five texts: B, AB and AAAB are one array, A and AA another. Nothing in the text says otherwise.

    Among the 115 runs of up to five letters only those that begin with A meet others. All texts that fall together
    end with the same letter, so they have the same target; the padding costs no accuracy, it makes A invisible.
    """
    import keras

    codes = [[ALPHABET.index(letter) + broken for letter in text] for text in ("B", "AB", "AAAB", "A", "AA")]
    arrays = len(np.unique(keras.utils.pad_sequences(codes, maxlen=5), axis=0))
    of_runs = len(np.unique(EVERY_RUN.samples(seed).x, axis=0))
    observe(arrays == 2, different_arrays_of_5_texts=arrays, different_arrays_of_115_runs=of_runs)
