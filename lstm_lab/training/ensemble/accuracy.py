"""The share of right classes, counted as Keras counts it, padding left out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lstm_lab.training.errors import ProblemError
from lstm_lab.training.experiment import Experiment
from lstm_lab.training.plain_keras import output_mask
from lstm_lab.training.problems import Floats, Samples, Several
from lstm_lab.training.store import Arrays


def counted_outputs(
    experiment: Experiment, values: Arrays, samples: Samples, shape: tuple[int, ...]
) -> NDArray[np.bool_] | None:
    """Which outputs for samples (S, N, ...) are no padding; None where all count.

    Args:
        experiment: whose network it is.
        values: the variables of all members, each (S, ...).
        samples: of all members.
        shape: of the outputs without their last axis, (S, N) or (S, N, T).
    """
    if isinstance(experiment.problem, Several):
        raise ProblemError(
            f"{experiment.name}: accuracy: got several inputs or outputs, wanted one of each; ask "
            "member.outputs_by_name(x), or for losses"
        )
    masks = []
    if samples.lengths is not None and len(shape) > 2:
        masks.append(np.arange(shape[2]) < samples.lengths[..., None])
    network = experiment.network
    if not network.verified:  # of the verified ones, none has a mask at its outputs
        rows = experiment.regime.batch_size if network.stateful else None
        of_members = [
            output_mask(network, [one[index] for one in values], x, rows) for index, x in enumerate(samples.x)
        ]
        masks += [np.stack(of_members)] if all(one is not None for one in of_members) else []
    masks = [mask for mask in masks if mask.shape == shape]
    return np.logical_and.reduce(masks) if masks else None


def class_accuracy(outputs: Floats, targets: Floats, counted: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """The share of the rows whose most probable class is the target's, shape (S,), as Keras's "accuracy" counts.

    Args:
        outputs: (S, N, ..., C), or (S, N, ..., 1) for yes or no.
        targets: of the same shape one-hot, or class numbers (S, N, ...), also with a last axis of 1.
        counted: which rows count, (S, N, ...); None for all.

    Raises:
        ValueError: for targets that are no classes.
    """
    hits = _classes(outputs, outputs) == _classes(targets, outputs)
    counts = np.ones(hits.shape, np.bool_) if counted is None else counted
    axes = tuple(range(1, hits.ndim))
    accuracy: NDArray[np.float64] = (hits & counts).sum(axis=axes) / counts.sum(axis=axes)
    return accuracy


def _classes(values: Floats, outputs: Floats) -> NDArray[Any]:
    """The classes that outputs or targets stand for, recognised by their shapes as Keras does."""
    classes = outputs.shape[-1]
    if values.shape == outputs.shape and classes > 1:
        return np.asarray(values.argmax(axis=-1))
    numbers = values.reshape(outputs.shape[:-1])
    if values is outputs:
        return (numbers > 0.5).astype(np.int_)
    if (numbers != np.round(numbers)).any() or numbers.min() < 0 or numbers.max() >= max(classes, 2):
        raise ValueError(
            f"accuracy: got targets from {numbers.min()} to {numbers.max()} for {classes} outputs, wanted classes; "
            "ask for outputs or losses instead"
        )
    return numbers.astype(np.int_)
