"""The eligibility of each experiment, cached: for an own model it takes seconds to decide, since plain Keras trains it.

It is cached in this process, and for other processes in a file beside the trained ensembles. The name of the file is a
digest of all that the eligibility depends on: the network, the data, the rows of a batch, the code, the versions. Where
the file is damaged, or cannot be written, the eligibility is decided again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from pathlib import Path
from typing import Any

from lstm_lab.files import locked, write_json
from lstm_lab.training.experiment import (
    Eligibility,
    Experiment,
    Network,
    Regime,
    check_network,
    eligibility_of_network,
    key,
)
from lstm_lab.training.identity import digest
from lstm_lab.training.problems import Problem, sample_shapes
from lstm_lab.training.store import Store

FOLDER = "eligibility"  # beside that of the trained ensembles

# In this process, of networks that no test holds to plain `fit`.
cache: dict[tuple[Network, Problem, int], Eligibility] = {}


def eligibility_of(experiment: Experiment, store: Store | None = None) -> Eligibility:
    """How an experiment is trained.

    Raises NetworkError for an own model that plain Keras cannot train either, and for a `Network` that Keras cannot
    build, as far as that is known without Keras.

    Args:
        experiment: the order of its samples and its number of epochs make no difference.
        store: beside which the eligibility of an own model is stored; None caches it in this process only.
    """
    if isinstance(experiment.network, Network):
        shapes = sample_shapes(experiment.problem)
        check_network(experiment.network, shapes["y"])
        if experiment.network.verified:
            return eligibility_of_network(experiment.network, shapes["x"][-1])
    name = experiment.network, experiment.problem, experiment.regime.batch_size
    if name not in cache:
        cache[name] = _decide(experiment) if store is None else _read_or_decide(experiment, store)
    return cache[name]


def _decide(experiment: Experiment) -> Eligibility:
    from lstm_lab.training.plain_keras import decide_eligibility

    return decide_eligibility(experiment)


def _read_or_decide(experiment: Experiment, store: Store) -> Eligibility:
    """The stored eligibility; where there is none, one process decides it while the others wait."""
    regime = Regime(epochs=0, batch_size=experiment.regime.batch_size)
    name = key(dataclasses.replace(experiment, regime=regime), (0,))
    path = store.folder.parent / FOLDER / f"{name[:40]}.json"
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # where no lock can be written, each process decides by itself
            stack.enter_context(locked(path.with_suffix(".lock"), wait=True))
        eligibility = _read(path, name, store.fresh)
        if eligibility is None:
            eligibility = _decide(experiment)
            with contextlib.suppress(OSError):
                write_json(path, _to_json(eligibility, name, store.fresh))
        return eligibility


def _to_json(eligibility: Eligibility, name: str, run: str) -> dict[str, Any]:
    """The content of a file, with a checksum and the token of the run, see `Store.fresh`."""
    content = {"key": name, "run": run, **dataclasses.asdict(eligibility), "weights": list(eligibility.weights)}
    return {**content, "checksum": digest(content)}


def _read(path: Path, name: str, fresh: str) -> Eligibility | None:
    """The eligibility in a file; None where it is missing, damaged or of another name, or of another run than this."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        eligibility = Eligibility(content["reason"], content["eagerly"], tuple(content["weights"]))
        run = content["run"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return eligibility if fresh in ("", run) and content == _to_json(eligibility, name, run) else None
