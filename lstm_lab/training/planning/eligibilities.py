"""How each experiment is trained, decided once: for own models Keras builds and compiles, which takes seconds.

The answer is cached in this process, and for all others in a file beside the trained ensembles. The name of the file is
made of all that the answer depends on, as that of a stored training is: the network, the data, the rows of a batch, the
code, the versions. A file that is damaged, or cannot be written, costs the time to decide again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from pathlib import Path
from typing import Any

from lstm_lab.files import locked, write_json
from lstm_lab.training.experiment import Eligibility, Experiment, Network, Regime, eligibility_of_network, is_own, key
from lstm_lab.training.identity import digest
from lstm_lab.training.problems import Problem, input_shape
from lstm_lab.training.store import Store

FOLDER = "eligibility"  # beside that of the trained ensembles

decided: dict[tuple[Network, Problem, int], Eligibility] = {}  # of own models, in this process: by what they depend on


def eligibility_of(experiment: Experiment, store: Store | None = None) -> Eligibility:
    """How an experiment is trained. Raises NetworkError for an own model that plain Keras cannot train either.

    Args:
        experiment: the order of its samples and the number of its epochs make no difference.
        store: beside which the answer for an own model is stored; None stores it in this process only.
    """
    if not is_own(experiment.network):
        return eligibility_of_network(experiment.network, input_shape(experiment.problem)[-1])
    name = experiment.network, experiment.problem, experiment.regime.batch_size
    if name not in decided:
        decided[name] = _decide(experiment) if store is None else _read_or_decide(experiment, store)
    return decided[name]


def _decide(experiment: Experiment) -> Eligibility:
    from lstm_lab.training.plain_keras import decide_eligibility

    return decide_eligibility(experiment)


def _read_or_decide(experiment: Experiment, store: Store) -> Eligibility:
    """The stored answer; where there is none, one process decides while the others wait for it."""
    rows = Regime(epochs=0, batch_size=experiment.regime.batch_size)
    name = key(dataclasses.replace(experiment, regime=rows), (0,))
    path = store.folder.parent / FOLDER / f"{name[:40]}.json"
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # where nothing can be written, each process decides by itself
            stack.enter_context(locked(path.with_suffix(".lock"), wait=True))
        known = _read(path, name) if store.is_usable(path) else None
        if known is None:
            known = _decide(experiment)
            with contextlib.suppress(OSError):
                write_json(path, _plain(known, name))
        return known


def _plain(eligibility: Eligibility, name: str) -> dict[str, Any]:
    """As JSON, with a checksum."""
    content = {"key": name, **dataclasses.asdict(eligibility), "weights": list(eligibility.weights)}
    return {**content, "checksum": digest(content)}


def _read(path: Path, name: str) -> Eligibility | None:
    """What a file holds under this name; None where it is not what was once written."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        known = Eligibility(plain["reason"], plain["eagerly"], tuple(plain["weights"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return known if plain == _plain(known, name) else None
