"""Claims of the introduction about vanishing and exploding gradients, on untrained layers of 32 units.

The measure is how much of a gradient is left after T steps: r, the size of the derivative of the last output by the
first input, divided by that of the last output by the last input. It is taken over all 32 outputs, for eight random
sequences of one feature (standard normal), with Keras's own layers and initial weights.
"""

import functools

import numpy as np

from fixtures.article import INTRODUCTION
from lstm_lab import always, at_least, claim

UNITS = 32
SEQUENCES = 8
FEWER = {"seeds": 10, "seeds_reason": "a seed costs the derivatives of 32 outputs over 100 steps"}


@claim(
    "intro/overcomes-vanishing-gradient",
    "After 100 steps an untrained LSTM keeps at least ten times as much of the gradient as a simple recurrent network.",
    source=INTRODUCTION,
    criterion=at_least(0.5),
    contradicts=["intro/plagues-all-rnns"],
    control="the simple recurrent network in place of the LSTM",
    **FEWER,
)
def test_overcomes_vanishing_gradient(seed, broken, observe):
    """Weights as Keras draws them: orthogonal recurrence for both, and a bias of 1 for the LSTM's forget gate.

    Shown beside it: shorter sequences, the GRU, and the LSTM with a forget bias of 5, a gate that is almost open.
    """
    kept = {steps: gradient_kept("SimpleRNN" if broken else "LSTM", seed, steps) for steps in (10, 50, 100)}
    simple = {steps: gradient_kept("SimpleRNN", seed, steps) for steps in (10, 50, 100)}
    observe(
        kept[100] >= 10 * simple[100],
        **{f"lstm_{steps}_steps": value for steps, value in kept.items()},
        **{f"simple_rnn_{steps}_steps": value for steps, value in simple.items()},
        gru_100_steps=gradient_kept("GRU", seed, 100),
        lstm_100_steps_forget_bias_5=gradient_kept("LSTM", seed, 100, forget_bias=5.0),
    )


@claim(
    "intro/overcomes-exploding-gradient",
    "With recurrent weights twice as large, the gradient explodes over 100 steps in a simple recurrent network and "
    "not in an LSTM.",
    source=INTRODUCTION,
    criterion=at_least(0.5),
    control="the recurrent weights as Keras draws them",
    **FEWER,
)
def test_overcomes_exploding_gradient(seed, broken, observe):
    """Twice an orthogonal matrix has the spectral radius 2. The gradient explodes when it has grown tenfold."""
    simple, lstm = (gradient_kept(kind, seed, 100, gain=1.0 if broken else 2.0) for kind in ("SimpleRNN", "LSTM"))
    observe(simple > 10 > lstm, simple_rnn=simple, lstm=lstm)


@claim(
    "intro/overcomes-exploding-gradient-50-steps",
    "With recurrent weights twice as large, the gradient explodes over 50 steps in a simple recurrent network and "
    "not in an LSTM.",
    source=INTRODUCTION,
    criterion=at_least(0.5),
    control="the recurrent weights as Keras draws them",
    **FEWER,
)
def test_overcomes_exploding_gradient_50_steps(seed, broken, observe):
    """As over 100 steps."""
    simple, lstm = (gradient_kept(kind, seed, 50, gain=1.0 if broken else 2.0) for kind in ("SimpleRNN", "LSTM"))
    observe(simple > 10 > lstm, simple_rnn=simple, lstm=lstm)


@claim(
    "intro/plagues-all-rnns",
    "In every recurrent network the gradient vanishes or explodes.",
    source=INTRODUCTION,
    criterion=always(),
    contradicts=["intro/overcomes-vanishing-gradient"],
)
def test_plagues_all_rnns(seed, observe):
    """One kind without it is enough: units without a nonlinearity and an orthogonal recurrence, over 100 steps.

    Vanished or exploded is a gradient that is a thousandth, or a thousand times, of what it was.
    """
    kept = gradient_kept("SimpleRNN", seed, 100, activation=None)
    observe(not 1e-3 <= kept <= 1e3, gradient_kept=kept)


def gradient_kept(kind, seed, steps, gain=1.0, forget_bias=None, activation="tanh"):
    """r of one layer, its recurrent weights times `gain`, with another bias of the forget gate where one is given."""
    import keras

    layer, gradients = _traced(kind, activation)
    keras.utils.set_random_seed(seed)
    fresh = type(layer).from_config(layer.get_config())
    fresh.build((None, None, 1))
    kernel, recurrent, bias = fresh.get_weights()
    if forget_bias is not None:
        bias[UNITS : 2 * UNITS] = forget_bias  # Keras orders the gates: input, forget, cell, output
    layer.set_weights([kernel, recurrent * gain, bias])
    sequences = np.random.default_rng(seed).normal(size=(SEQUENCES, steps, 1)).astype(np.float32)
    by_input = gradients(np.repeat(sequences, UNITS, axis=0)).numpy()
    return float(np.linalg.norm(by_input[:, 0]) / np.linalg.norm(by_input[:, -1]))


@functools.cache
def _traced(kind, activation):
    """A layer, and the derivatives of its last output by all inputs: in row 32 n + k of sequence n and output k."""
    import keras
    import tensorflow as tf

    layer = getattr(keras.layers, kind)(UNITS, activation=activation)
    shape = SEQUENCES * UNITS, None, 1
    layer.build(shape)
    one_output_of_each_row = tf.tile(tf.eye(UNITS), (SEQUENCES, 1))

    @functools.partial(tf.function, autograph=False, input_signature=[tf.TensorSpec(shape)])
    def gradients(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            chosen = tf.reduce_sum(layer(x) * one_output_of_each_row)
        return tape.gradient(chosen, x)

    return layer, gradients
