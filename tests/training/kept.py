"""Snapshots to keep in a store: in the shapes of their experiment, and trained by nobody."""

import numpy as np

from lstm_lab import Experiment
from lstm_lab.training.ensemble.snapshot_check import expected_layout
from lstm_lab.training.store.snapshot import Snapshot


def snapshot_of(experiment: Experiment, seeds: tuple[int, ...] = (0, 1)) -> Snapshot:
    """A snapshot made of numbers that only come back when every bit does; the last of its seeds has diverged."""
    random = np.random.default_rng(7)
    epoch = experiment.regime.epochs
    sample_shape = experiment.problem.samples(0).x.shape[1:]
    forms = expected_layout(experiment.network, sample_shape, experiment.regime.batch_size, len(seeds))

    def drawn(form: str) -> np.ndarray:
        kind, _, shape = form.rstrip("]").partition("[")
        array = random.normal(size=[int(size) for size in shape.split(",") if size]).astype(kind)
        if array.ndim:
            array[0].flat[:2] = -0.0, 1e-45
            array[-1].flat[:2] = np.nan, np.inf
        return array

    arrays = {group: [drawn(form) for form in forms[group]] for group in forms}
    return Snapshot(seeds, epoch, **arrays, losses=drawn(f"float32[{len(seeds)},{epoch}]"))
