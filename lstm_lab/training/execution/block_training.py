"""One block of seeds, trained by what trains its job: the compiled loop, or plain Keras."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lstm_lab.training.compiled import train
from lstm_lab.training.planning import Job
from lstm_lab.training.store import Snapshot


def snapshots(
    job: Job, stops: Sequence[int], start: Snapshot | None, progress: Callable[[int], None]
) -> Iterator[Snapshot]:
    """The snapshots of a job at its `stops`: of all its seeds at once, or of one by plain Keras.

    Args:
        job: the job.
        stops: epochs after which a snapshot is wanted, rising, none before `start`.
        start: the snapshot to continue; None to begin with initial weights.
        progress: called with each epoch reached.
    """
    experiment, seeds = job.experiment, job.seeds
    samples = [experiment.problem.samples(seed) for seed in seeds]
    if job.by_plain_keras:
        from lstm_lab.training.plain_keras import fit

        eagerly = job.eligibility.eagerly
        return fit.train(experiment, samples[0], seeds[0], stops, eagerly=eagerly, start=start, progress=progress)

    return train(experiment.network, experiment.regime, samples, seeds, stops, start=start, progress=progress)
