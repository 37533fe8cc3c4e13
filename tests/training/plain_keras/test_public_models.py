"""Models as people publish them: trained as by plain `fit`, all seeds at once where the trial shows both equal."""

import keras
import numpy as np
import pytest
from keras import layers

from lstm_lab import Experiment, Network, Regime, experiment_of, layer
from lstm_lab.training.ensemble import Member
from lstm_lab.training.plain_keras import reference
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.problems import Arrays

# ruff: noqa: D103 - each builder is named by what it is

WITHIN = 2e-5
RANDOM = np.random.default_rng(5)
STEPS = 4
X = RANDOM.normal(size=(8, STEPS, 2))
PADDED = X.copy()
PADDED[2:5, 3:] = 0
PADDED[5:, :1] = 0
NUMBER, NUMBERS = RANDOM.normal(size=(8, 1)), RANDOM.normal(size=(8, STEPS, 1))
CODES = RANDOM.integers(0, 5, (8, STEPS))
BEYOND = CODES.copy()
BEYOND[-1, -1] = 9  # in the last batch alone
TAGS = np.eye(3)[RANDOM.integers(0, 3, (8, STEPS))]


def sequence(*parts, inputs=(STEPS, 2), rows=None):
    return keras.Sequential([keras.Input(batch_shape=(rows, *inputs)), *parts])


def bidirectional():
    return sequence(layers.Bidirectional(layers.LSTM(3, return_sequences=True)), layers.Dense(1))


def masked_bidirectional():
    parts = layers.Bidirectional(layers.LSTM(3, return_sequences=True)), layers.Dense(1)
    return sequence(layers.Masking(0.0), *parts)


def masked_bidirectional_at_the_end():
    return sequence(layers.Masking(0.0), layers.Bidirectional(layers.GRU(3), merge_mode="sum"), layers.Dense(1))


def masked_stack():
    parts = layers.LSTM(3, return_sequences=True), layers.GRU(3, return_sequences=True)
    return sequence(layers.Masking(0.0), *parts, layers.Dense(1))


def masked_stateful(batch_size):
    return sequence(layers.Masking(0.0), layers.LSTM(3, stateful=True), layers.Dense(1), rows=batch_size)


def masked_to_zeros():
    cells = layers.RNN(layers.LSTMCell(3), return_sequences=True, zero_output_for_mask=True)
    return sequence(layers.Masking(0.0), cells, layers.Dense(1))


def chunk_by_chunk(batch_size):
    """Truncated backpropagation inside one model: one stateful layer, called for one chunk after the other."""
    inputs = keras.Input(batch_shape=(batch_size, STEPS, 2))
    lstm = layers.LSTM(3, stateful=True)
    return keras.Model(inputs, layers.Dense(1)(layers.Add()([lstm(inputs[:, :2]), lstm(inputs[:, 2:])])))


def shared():
    inputs = keras.Input((STEPS, 2))
    lstm = layers.LSTM(3)
    return keras.Model(inputs, layers.Dense(1)(layers.Concatenate()([lstm(inputs), lstm(inputs[:, ::-1])])))


def embedded():
    return sequence(layers.Embedding(5, 4), layers.LSTM(3), layers.Dense(1), inputs=(STEPS,))


def embedded_and_masked():
    parts = layers.LSTM(3, return_sequences=True), layers.Dense(3, activation="softmax")
    return sequence(layers.Embedding(5, 4, mask_zero=True), *parts, inputs=(STEPS,))


def stacked_cells(batch_size):
    cells = [layers.LSTMCell(3), layers.GRUCell(2)]
    return sequence(layers.RNN(cells, stateful=True), layers.Dense(1), rows=batch_size)


def one_cell_in_a_list(batch_size):
    return sequence(layers.RNN([layers.LSTMCell(2)], stateful=True), layers.Dense(1), rows=batch_size)


def stateful_both_ways(batch_size):
    both = layers.Bidirectional(layers.LSTM(3, stateful=True))
    return sequence(both, layers.Dense(1), rows=batch_size)


def encoder_decoder():
    inputs = keras.Input((STEPS, 2))
    _, *states = layers.LSTM(3, return_state=True)(inputs)
    repeated = layers.RepeatVector(STEPS)(states[0])
    decoded = layers.LSTM(3, return_sequences=True)(repeated, initial_state=states)
    return keras.Model(inputs, layers.TimeDistributed(layers.Dense(1))(decoded))


def attention():
    inputs = keras.Input((STEPS, 2))
    hidden = layers.LSTM(4, return_sequences=True)(inputs)
    attended = layers.Attention()([hidden, hidden])
    return keras.Model(inputs, layers.Dense(1)(layers.GlobalAveragePooling1D()(attended)))


def normalised_layers():
    return sequence(layers.LSTM(3, return_sequences=True), layers.LayerNormalization(), layers.LSTM(3), layers.Dense(1))


def old_gru():
    return sequence(layers.GRU(3, reset_after=False, go_backwards=True), layers.Dense(1))


class OfTheBackend(layers.Layer):
    """A layer that computes something else in a process that trains than in one that asks."""

    def call(self, x):
        """The same, or its opposite."""
        return x if keras.backend.backend() == "tensorflow" else -x


def of_the_backend():
    return sequence(layers.LSTM(3), OfTheBackend(), layers.Dense(1))


NUMBERED = {"loss": "mean_squared_error", "batch_size": 4}
OF_CODES = {"x": CODES, **NUMBERED}
# Each with its data, and whether all seeds are trained at once.
MODELS = {
    bidirectional: ({"y": NUMBERS}, True),
    masked_bidirectional: ({"x": PADDED, "y": NUMBERS}, True),
    masked_bidirectional_at_the_end: ({"x": PADDED, "y": NUMBER}, True),
    masked_stack: ({"x": PADDED, "y": NUMBERS}, True),
    masked_stateful: ({"x": PADDED, "y": NUMBER, "reset": 2}, True),
    masked_to_zeros: ({"x": PADDED, "y": NUMBERS}, True),
    chunk_by_chunk: ({"y": NUMBER}, True),
    shared: ({"y": NUMBER}, True),
    embedded: ({**OF_CODES, "y": NUMBER, "optimizer": "SGD"}, True),
    embedded_and_masked: ({**OF_CODES, "y": TAGS, "loss": "categorical_crossentropy"}, False),
    stacked_cells: ({"y": NUMBER}, True),
    one_cell_in_a_list: ({"y": NUMBER}, False),
    stateful_both_ways: ({"y": NUMBER}, True),
    encoder_decoder: ({"y": NUMBERS}, True),
    attention: ({"y": NUMBER}, True),
    normalised_layers: ({"y": NUMBER}, True),
    old_gru: ({"y": NUMBER}, True),
    of_the_backend: ({"y": NUMBER}, False),
}


def of(build, **changes) -> Experiment:
    """A short training of one of the models."""
    return experiment_of(build, **{"x": X, **NUMBERED, "epochs": 3, "optimizer": "RMSprop", **changes})


def assert_as_by_fit(experiment: Experiment, member: Member) -> None:
    """Weights are those of plain `fit`, outputs those of `predict`, and the accuracy that of `evaluate`."""
    fitted = reference.fit(experiment, member.seed)
    gap = max(
        np.abs(wanted.numpy() - got).max()
        for wanted, got in zip(fitted.trainable_variables, member.weights, strict=True)
    )
    model = member.keras_model()
    answers = model.predict(member.samples.x, batch_size=experiment.regime.batch_size, verbose=0)

    assert gap <= WITHIN
    np.testing.assert_allclose(member.outputs(member.samples.x), answers, atol=WITHIN)
    if experiment.network.loss == "categorical_crossentropy":
        assert member.accuracy == pytest.approx(member.keras_accuracy)


@pytest.mark.parametrize(("build", "of_data"), MODELS.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_trained_as_by_plain_fit(build, of_data, trainer) -> None:
    """Whichever way it is trained."""
    data, at_once = of_data
    experiment = of(build, **data)
    member = trainer.member(experiment, 1)

    assert at_once == (not eligibility_of(experiment).reason)
    assert_as_by_fit(experiment, member)


@pytest.mark.parametrize("batch_size", [1, 4])
def test_the_accuracy_of_a_padded_tagger_leaves_padding_out(batch_size, trainer) -> None:
    """As Keras's `evaluate` does; counted with padding, it would be another."""
    experiment = of(
        embedded_and_masked, **{**OF_CODES, "y": TAGS, "loss": "categorical_crossentropy"}, epochs=20, optimizer="SGD"
    )
    member = trainer.member(experiment.but(batch_size=batch_size), 0)
    with_padding = (member.outputs(member.samples.x).argmax(-1) == TAGS.argmax(-1)).mean()

    assert (CODES == 0).any()
    assert member.accuracy == pytest.approx(member.keras_accuracy)
    assert member.accuracy != pytest.approx(with_padding)


def test_a_network_that_no_test_holds_to_fit_is_tried_as_an_own_model_is(trainer) -> None:
    """Layers by name may be any of Keras: dropout is trained by plain `fit`, a masked Bidirectional by the loop."""
    both = layer("Bidirectional", layer=layer("LSTM", 3, return_sequences=True))
    networks = {
        "dropout": (layer("LSTM", 3, return_sequences=True), layer("Dropout", rate=0.5), layer("Dense", 1)),
        "masked": (layer("Masking", mask_value=0.0), both, layer("Dense", 1)),
        "both ways": (both, layer("Dense", 1)),
    }
    for name, parts in networks.items():
        network = Network(parts, loss="mean_squared_error")
        experiment = Experiment(name, Arrays(PADDED, NUMBERS), network, Regime(3, 4))
        member = trainer.member(experiment, 1)

        assert ("dropout" != name) == (not eligibility_of(experiment).reason)
        assert_as_by_fit(experiment, member)


def test_codes_beyond_an_embedding_are_refused(trainer) -> None:
    """In one line, before anything is trained; the compiled loop would take the last row instead."""
    with pytest.raises(ValueError, match=r"embedded.*: cannot be trained: builder embedded: .* 9"):
        trainer.member(of(embedded, **{**OF_CODES, "x": BEYOND, "y": NUMBER}), 0)


class Marked(layers.Layer):
    """An own mask, of a value that is no padding elsewhere."""

    supports_masking = True

    def call(self, x):
        """The inputs as they are."""
        return x

    def compute_mask(self, x, mask=None):
        """Time steps whose first number is not -1."""
        return x[..., 0] != -1


def marked():
    parts = layers.Bidirectional(layers.LSTM(2, return_sequences=True)), layers.Dense(1)
    return sequence(Marked(), *parts)


def masked_by_hand():
    inputs = keras.Input((STEPS, 2))
    mask = keras.ops.any(keras.ops.not_equal(inputs, -1), -1)
    hidden = layers.Bidirectional(layers.LSTM(2, return_sequences=True))(inputs, mask=mask)
    return keras.Model(inputs, layers.Dense(1)(hidden))


def clipped():
    return keras.optimizers.SGD(0.5, clipvalue=1e-3)


def half_precision():
    return sequence(layers.LSTM(2, dtype="mixed_float16"), layers.Dense(1))


def masked_by_weights():
    tagger = layers.LSTM(2, return_sequences=True), layers.Dense(3, activation="softmax")
    return sequence(layers.Dense(1, activation="relu"), layers.Masking(0.0), *tagger)


def listed():
    model = embedded()
    return keras.Model([model.inputs[0]], [model.outputs[0]])


def tagger_of_any_length():
    parts = layers.LSTM(2, return_sequences=True), layers.Dense(3, activation="softmax")
    return sequence(*parts, inputs=(None, 2))


def of_different_lengths(seed):
    lengths = np.array([4, 3, 2, 1, 4, 3, 2, 1])
    return X, TAGS, None, lengths


MARKED = np.where(np.arange(8)[:, None, None] == 7, -1.0, X)
FROM_TRIAL = {
    "own mask": (marked, {"x": MARKED, "y": NUMBERS, "batch_size": 1}, "a layer of its own computes a mask"),
    "mask by hand": (masked_by_hand, {"x": MARKED, "y": NUMBERS, "batch_size": 1}, "a layer is called with a mask"),
    "clipped rows": (embedded, {**OF_CODES, "y": NUMBER, "optimizer": clipped}, "an embedding, whose rows"),
    "half precision": (half_precision, {"y": NUMBER}, "weights or sums of type float16"),
    "mask by weights": (masked_by_weights, {"y": TAGS, "loss": "categorical_crossentropy", "epochs": 30}, ""),
    "in lists": (listed, {**OF_CODES, "y": NUMBER, "optimizer": "SGD"}, ""),
    "tagger, different lengths": (
        tagger_of_any_length,
        {"x": None, "draw": of_different_lengths, "loss": "categorical_crossentropy", "batch_size": 1},
        "",
    ),
}


@pytest.mark.parametrize(("build", "changes", "why"), FROM_TRIAL.values(), ids=FROM_TRIAL)
def test_what_the_trial_need_not_show(build, changes, why, trainer) -> None:
    """Goes to plain `fit` by what the model is; and what may be trained at once is, with its own mask and lengths."""
    experiment = of(build, **changes)
    member = trainer.member(experiment, 1)
    fitted = reference.fit(experiment, 1)

    assert eligibility_of(experiment).reason.startswith(why)
    for wanted, got in zip(fitted.trainable_variables, member.weights, strict=True):
        np.testing.assert_allclose(wanted.numpy(), got, atol=WITHIN)
    if build is masked_by_weights:
        assert member.accuracy == pytest.approx(member.keras_accuracy)


def drawn_beyond(seed):
    """Codes beyond the embedding with seed 2 alone."""
    return (BEYOND if seed == 2 else CODES), NUMBER


class Remembering(layers.Layer):
    """Keeps a state that nobody can reset."""

    stateful = True

    def call(self, x):
        """The inputs as they are."""
        return x


def remembering():
    return sequence(Remembering(), layers.LSTM(2), layers.Dense(1))


REFUSED = {
    "codes of one seed": (embedded, {"x": None, "draw": drawn_beyond, "optimizer": "SGD"}, "InvalidArgumentError"),
    "lengths": (
        tagger_of_any_length,
        {"x": None, "draw": of_different_lengths, "loss": "categorical_crossentropy"},
        "batch_size: got 4 for samples of different lengths, wanted 1",
    ),
    "state without a name": (remembering, {"y": NUMBER}, "got the stateful layer remembering.* without `states`"),
    "classes": (
        embedded_and_masked,
        {**OF_CODES, "y": CODES, "loss": "sparse_categorical_crossentropy"},
        "got classes from 0 to 4 for 3 outputs, wanted classes from 0 to 2",
    ),
}


@pytest.mark.parametrize(("build", "changes", "line"), REFUSED.values(), ids=REFUSED)
def test_what_plain_keras_would_not_train_is_refused(build, changes, line, trainer) -> None:
    """In one line, of the seed that has it."""
    with pytest.raises(ValueError, match=line):
        trainer.member(of(build, **changes), 2)


def test_cells_stacked_by_name(trainer) -> None:
    """Layers in a list are built, too."""
    cells = layer("StackedRNNCells", cells=[layer("LSTMCell", 2), layer("GRUCell", 2)])
    network = Network((layer("RNN", cell=cells), layer("Dense", 1)), loss="mean_squared_error")
    experiment = Experiment("cells", Arrays(X, NUMBER), network, Regime(3, 4))

    assert_as_by_fit(experiment, trainer.member(experiment, 1))


def frozen_embedding():
    table = layers.Embedding(5, 4)
    table.trainable = False
    return sequence(table, layers.LSTM(2), layers.Dense(1), inputs=(STEPS,))


class StatefulItself(keras.Model):
    """A class of its own whose layer keeps a state, and which says so itself."""

    stateful = True

    def __init__(self):
        super().__init__()
        self.below, self.above = layers.LSTM(2, stateful=True), layers.Dense(1)

    def call(self, x):
        """One layer after the other."""
        return self.above(self.below(x))


def test_a_class_that_says_itself_that_it_keeps_a_state(trainer) -> None:
    """It is built for the rows of a batch."""
    experiment = of(StatefulItself, y=NUMBER)
    member = trainer.member(experiment, 1)
    fitted = reference.fit(experiment, 1)

    for wanted, got in zip(fitted.trainable_variables, member.weights, strict=True):
        np.testing.assert_allclose(wanted.numpy(), got, atol=WITHIN)


def test_codes_beyond_a_frozen_embedding_are_refused(trainer) -> None:
    """Though no gradient names a row of it."""
    with pytest.raises(ValueError, match="its outputs cannot be computed"):
        trainer.member(of(frozen_embedding, **{**OF_CODES, "x": BEYOND, "y": NUMBER, "batch_size": 1}), 0)


def test_evaluate_would_count_the_padding_of_different_lengths(trainer) -> None:
    """So it is not asked."""
    changes = {"x": None, "draw": of_different_lengths, "loss": "categorical_crossentropy", "batch_size": 1}
    member = trainer.member(of(tagger_of_any_length, **changes), 0)

    assert 0 <= member.accuracy <= 1
    with pytest.raises(ValueError, match="keras_accuracy: got samples of different lengths"):
        _ = member.keras_accuracy
