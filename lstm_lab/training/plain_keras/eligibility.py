"""Whether the compiled loop trains a network as plain Keras would; if not, the reason.

Properties of the model and its optimizer are checked first; then a few updates are trained in both ways
(`trial_updates.py`), and JAX lowers the compiled program. The result depends on the experiment only, not on the
process.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lstm_lab.training.compiled.logits import FROM_LOGITS, logits_layer
from lstm_lab.training.errors import ExperimentError, NetworkError
from lstm_lab.training.experiment import (
    COUPLING_SETTINGS,
    ELEMENT_WISE,
    Built,
    Eligibility,
    Experiment,
    Network,
    has_several,
    is_functional,
    layers_of,
    one_line,
    tolerant,
)
from lstm_lab.training.plain_keras.builder_checks import (
    SEEDS,
    check_all_rows,
    check_deterministic_build,
    check_names,
    check_targets,
    looks_rows_up,
    runs_eagerly,
)
from lstm_lab.training.plain_keras.reference import answers_every_step
from lstm_lab.training.plain_keras.trial_updates import by_compiled_loop, by_plain_fit, difference, trial_batches
from lstm_lab.training.problems import Samples, Several

# Two computations of the same outputs in float32 differ by a relative error of about 1e-7; other outputs by more.
TOLERANCE = 1e-4
# With other optimizers, Keras updates moments by the rows that a gradient names, of which one may come twice.
STEPS_LIKE_THE_GRADIENT = ("SGD",)
NUMBERS = re.compile(r"(_\d+)+\b")  # appended to names by Keras, different in every process


def decide_eligibility(experiment: Experiment) -> Eligibility:
    """How an own model is trained. Raises NetworkError for one that plain Keras cannot train either.

    Builds models and has JAX lower a program, which takes seconds; `planning.eligibility_of` caches the result.
    """
    network, rows = experiment.network, experiment.regime.batch_size
    of_seeds = [experiment.problem.samples(seed) for seed in SEEDS]
    samples = of_seeds[0]
    batch = {name: array[:rows] for name, array in samples.arrays().items() if name != "mask"}
    if samples.lengths is not None and rows != 1:
        raise ExperimentError(f"batch_size: got {rows} for samples of different lengths, wanted 1")
    shape = samples.x.shape[1:]
    first, other = check_deterministic_build(network, shape, rows)
    weights = tuple(sum(math.prod(one.shape) for one in layer.trainable_variables) for layer in first.layers)
    if isinstance(experiment.problem, Several) or has_several(first):
        check_names(network, first, experiment.problem)
        return Eligibility("several inputs or outputs", False, weights)
    if samples.lengths is not None:
        batch["x"] = batch["x"][:, : samples.lengths[0]]
        batch["y"] = batch["y"][:, : samples.lengths[0]] if answers_every_step(first) else batch["y"]
    check_targets(network, first, batch, samples.y)
    eagerly = runs_eagerly(network, first, batch)
    reasons = _reasons(experiment, of_seeds, first, other, batch, eagerly=eagerly)
    with tolerant():
        reason = NUMBERS.sub("", next(reasons, ""))
    return Eligibility(reason, eagerly, weights)


def _reasons(
    experiment: Experiment,
    samples: Sequence[Samples],
    first: keras.Model,
    other: keras.Model,
    batch: dict[str, Any],
    *,
    eagerly: bool,
) -> Iterator[str]:
    """The reasons against the compiled loop, the cheapest to check first."""
    network, rows = experiment.network, experiment.regime.batch_size
    if isinstance(network, Built) and network.callbacks is not None:
        yield "callbacks look on while it is trained"
    yield from _of_the_optimizer(network.optimizer.build())
    changed = [name for name in ("train_step", "compute_loss") if _changed(first, name)]
    if changed:
        yield f"the model has a `{changed[0]}` of its own"
    if eagerly:
        yield "a layer or the loss asks for values of tensors (by `if`, `float` or `.numpy()`) and cannot be compiled"
    computed = [layer.compute_dtype for layer in layers_of(first) if layer.weights]
    kinds = sorted({*computed, *(str(variable.dtype) for variable in first.trainable_variables)} - {"float32"})
    if kinds:
        yield f"weights or sums of type {kinds[0]}"
    yield from _of_masks(first)
    yield from _of_the_loss(network, first, batch)
    with keras.StatelessScope(collect_losses=True) as scope:
        first(batch["x"], training=True)
    if scope.losses:
        yield "a layer adds a penalty to the loss (a regularizer, or `add_loss`)"
    if looks_rows_up(network, first, batch) or any(isinstance(one, keras.layers.Embedding) for one in layers_of(first)):
        for one in samples:
            check_all_rows(network, first, one.x, rows)
        optimizer = network.optimizer.build()
        if type(optimizer).__name__ not in STEPS_LIKE_THE_GRADIENT or optimizer.clipvalue:
            yield "an embedding, whose rows this optimizer updates in a way of its own"
        if experiment.problem.varies:
            yield "an embedding, and codes that differ from seed to seed, which may be beyond it"
    yield from _of_two_seeds(first, other, batch)
    yield from _of_trial_updates(network, samples, rows, first)


def _of_the_optimizer(optimizer: keras.optimizers.Optimizer) -> Iterator[str]:
    kind = type(optimizer).__name__
    if kind not in ELEMENT_WISE or not type(optimizer).__module__.startswith("keras."):
        yield f"the optimizer {kind} may couple weights, and thereby the seeds"
    # AdamW and others leave named weights out of their decay; stacked ones have no names.
    for name in (*COUPLING_SETTINGS, "loss_scale_factor", "gradient_accumulation_steps"):
        if getattr(optimizer, name, None):
            yield f"the optimizer {kind} has {name}"
    if getattr(optimizer, "_exclude_from_weight_decay_vars", None) or getattr(
        optimizer, "_exclude_from_weight_decay_names", None
    ):
        yield f"the optimizer {kind} excludes weights from decay"


def _of_masks(model: keras.Model) -> Iterator[str]:
    """Masks that the padding of the trial need not provoke; those of Keras's own masking layers it does."""
    for layer in layers_of(model):
        own = not type(layer).__module__.startswith("keras.")
        if own and type(layer).compute_mask is not keras.layers.Layer.compute_mask:
            yield "a layer of its own computes a mask"
        for node in getattr(layer, "_inbound_nodes", ()):  # Keras has no public way to the arguments of a call
            mask = node.arguments.kwargs.get("mask")
            if mask is not None and not any(mask is getattr(x, "_keras_mask", None) for x in node.input_tensors):
                yield "a layer is called with a mask"
        if isinstance(layer, keras.layers.Bidirectional) and not is_functional(model):
            yield "a Bidirectional in a class of its own, which may mask it"


def _of_the_loss(network: Network | Built, model: keras.Model, batch: dict[str, Any]) -> Iterator[str]:
    """Losses that Keras on TensorFlow computes from the logits of an output, where the compiled loop would not."""
    loss = network.loss_function()
    has_logits, takes_logits = _of_logits(loss, model, batch)
    if type(loss) in FROM_LOGITS:
        if has_logits != (logits_layer(model, batch["x"]) is not None):
            yield "a softmax or sigmoid within a layer of its own, whose logits the loss takes"
    elif has_logits and takes_logits:
        yield "a loss of its own that takes the logits of a softmax or sigmoid"


def _of_logits(loss: keras.losses.Loss, model: keras.Model, batch: dict[str, Any]) -> tuple[bool, bool]:
    """Whether Keras finds the logits of the output when `fit` traces the model, and whether the loss takes logits."""
    found = []

    def call(x: Any, y: Any) -> Any:
        outputs = model(x, training=True)
        found.append(hasattr(outputs, "_keras_logits") or outputs.op.type in ("Softmax", "Sigmoid"))
        random = np.random.default_rng(0).normal(0, 100, [size or 1 for size in outputs.shape])
        extreme = [activation(tf.constant(random, tf.float32)) for activation in (keras.ops.softmax, keras.ops.sigmoid)]
        return [(loss(y, one), loss(y, tf.identity(one))) for one in extreme]  # the second has no logits

    with tolerant(), keras.StatelessScope():
        pairs = tf.function(call, autograph=False)(tf.constant(batch["x"]), tf.constant(batch["y"]))
    return found[0], not all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)


def _changed(model: keras.Model, method: str) -> bool:
    return getattr(type(model), method) is not getattr(keras.Model, method)


def _of_two_seeds(first: keras.Model, other: keras.Model, batch: dict[str, Any]) -> Iterator[str]:
    """Differences between two seeds beside their trainable weights: the compiled loop would use those of one seed."""
    for mine, its in zip(first.non_trainable_variables, other.non_trainable_variables, strict=True):
        if "seed" not in mine.path and not np.array_equal(mine.numpy(), its.numpy()):
            yield f"weights that are not trained ({mine.path}) differ from seed to seed"
    if any("seed" in variable.path for variable in first.non_trainable_variables):
        return  # `check_supported` refuses random numbers drawn in training
    pairs = [*zip(other.trainable_variables, first.trainable_variables, strict=True)]
    mapping = [(its, mine.value) for its, mine in pairs]
    with keras.StatelessScope():
        mine = np.asarray(first(batch["x"], training=False))
    with keras.StatelessScope(state_mapping=mapping):
        its = np.asarray(other(batch["x"], training=False))
    if not np.allclose(mine, its, rtol=TOLERANCE, atol=TOLERANCE):
        yield "the models of two seeds differ in more than their trainable weights"


def _of_trial_updates(
    network: Network | Built, samples: Sequence[Samples], rows: int, model: keras.Model
) -> Iterator[str]:
    """Differences between both ways after a few updates, and errors of JAX when it lowers the compiled loop."""
    batches = trial_batches(model, samples, rows)
    try:
        got, learning_rate = by_compiled_loop(network, batches, SEEDS)
    except NetworkError as error:
        yield str(error).removeprefix("network: got ").partition(", which an ensemble")[0]
        return
    except Exception as error:  # JAX, XLA and layers may raise anything
        yield f"it cannot be computed for many seeds at once ({one_line(error)})"
        return
    for index, seed in enumerate(SEEDS):
        try:
            wanted = by_plain_fit(network, batches, index, seed, learning_rate)
        except Exception as error:  # of padding, say, that a layer does not take
            yield f"it cannot be compared with plain `fit` ({one_line(error)})"
            return
        different = difference(got[index], wanted)
        if different:
            yield f"computed for many seeds at once, its {different} would be others than those of plain `fit`"
