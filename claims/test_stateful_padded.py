"""Claims of the section "Stateful LSTM for a One-Char to One-Char Mapping": a stateless model on padded beginnings.

It is given all letters so far, zero-padded on the left to 25 time steps. 16 units, batches of one, as many epochs and
updates as the stateful model, 300 and 7500, where nothing else is said.
"""

import numpy as np

from fixtures.article import STATEFUL
from fixtures.experiments import PADDED_PREFIXES, PADDED_PREFIXES_3000
from lstm_lab import ALPHABET, always, at_least, case, claim, equivalent, exempt


@claim(
    "stateful/stateless-padded-same-effect",
    "A stateless model given all letters so far, zero-padded to 25 steps, becomes as accurate as the stateful one.",
    source=STATEFUL,
    criterion=equivalent(within=0.04),
    expect="refuted",
    control="one letter at a time instead of all letters so far",
)
def test_stateless_padded_same_effect(padded_prefixes, naive_16_units_300, stateful_one_char, broken, observe):
    """300 epochs each, accuracy on the 25 patterns of the training.

    Comment 6 says that gradients of single steps reach no further back; that can hold whether this does or not.
    """
    judged = naive_16_units_300 if broken else padded_prefixes
    observe(judged.accuracy, against=stateful_one_char.accuracy)


@claim(
    "stateful/stateless-padded-same-effect-32-units-500-epochs",
    "With 32 units and 500 epochs, the size and the training of the article's stateless models, the stateless model of "
    "padded letters is as accurate as the stateful one.",
    source=STATEFUL,
    criterion=equivalent(within=0.04),
    expect="refuted",
    control="one letter at a time instead of all letters so far",
)
def test_stateless_padded_same_effect_32_units_500_epochs(
    padded_prefixes_32_units_500, naive_one_char, stateful_32_units_500, broken, observe
):
    """The second reading: 32 units and 500 epochs of both. The answer to K alone is shown; the stateful one is B."""
    judged = naive_one_char if broken else padded_prefixes_32_units_500
    observe(judged.accuracy, against=stateful_32_units_500.accuracy, answer_to_k=judged.answers("K"))


@claim(
    "stateful/stateless-padded-same-effect-cold-k",
    "The stateless model of padded letters answers B to K alone, as the stateful one does.",
    source=STATEFUL,
    criterion=at_least(0.5),
    expect="refuted",
    cases=[
        case(model=PADDED_PREFIXES),
        case(
            "3000-epochs",
            statement=(
                "After ten times as many epochs, too, the stateless model of padded letters answers B to K alone."
            ),
            model=PADDED_PREFIXES_3000,
            note="K after 24 zeros.",
        ),
    ],
)
def test_stateless_padded_same_effect_cold_k(model, observe):
    """K after 24 zeros, 300 epochs. Only A and AB come after so many zeros in the training; a K there is like neither,
    and like the short beginnings that follow."""
    answer = model.answers("K")
    observe(answer == "B", answer=answer)


@claim(
    "stateful/stateless-padded-same-effect-3000-epochs",
    "After ten times as many epochs the stateless model of padded letters is as accurate as the stateful one.",
    source=STATEFUL,
    criterion=equivalent(within=0.04),
    expect="supported",
    control="300 epochs instead of 3000",
)
def test_stateless_padded_same_effect_3000_epochs(
    train, padded_prefixes, padded_prefixes_3000, naive_16_units_3000, stateful_one_char, broken, observe
):
    """3000 epochs against 300; those of 1000 are shown. Ten seeds had left it open, 30 decide.

    It does not say what the letters before are good for: shown, too, is one letter at a time after 3000 epochs, which
    is as accurate within the margin.
    """
    judged = padded_prefixes if broken else padded_prefixes_3000
    observe(
        judged.accuracy,
        against=stateful_one_char.accuracy,
        padded_after_1000_epochs=train(PADDED_PREFIXES.but(epochs=1000)).accuracy,
        one_letter_after_3000_epochs=naive_16_units_3000.accuracy,
    )


@claim(
    "stateful/padded-data-is-25-long",
    "Padded with zeros in front, the beginnings of the alphabet are 25 patterns of 25 steps; the last is A to Y for Z.",
    source=STATEFUL,
    criterion=always(),
    expect="supported",
    seeds=1,
    seeds_reason="the patterns are the same for every seed",
    control=exempt("a plain fact about the data: nothing is trained"),
)
def test_padded_data_is_25_long(train, observe):
    """Against Keras's own `pad_sequences`, whose zeros come first, too. The i-th pattern (from 0) has 24 - i of them;
    since A is coded 0 as well, 25 - i zeros stand in front, and A alone is the padding and nothing else."""
    import keras

    x, y = train(PADDED_PREFIXES.untrained).samples[:2]
    codes = [list(range(length)) for length in range(1, 26)]
    by_keras = keras.utils.pad_sequences(codes, maxlen=25, dtype="float32")[..., None] / len(ALPHABET)
    zeros = [int((row == 0).argmin()) if row.any() else len(row) for row in x[..., 0]]
    observe(
        x.shape == (25, 25, 1)
        and np.array_equal(x, by_keras)
        and zeros == [25 - row for row in range(25)]
        and np.array_equal(x[-1, :, 0], (np.arange(25) / 26).astype("float32"))
        and ALPHABET[y[-1].argmax()] == "Z",
        shape=str(x.shape),
    )
