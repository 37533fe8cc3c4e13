"""What an experiment is, whoever trains it, where and with what: observations of another one are other evidence."""

from __future__ import annotations

import functools

from lstm_lab.training.code import classes_of, own_code_digest
from lstm_lab.training.experiment import Experiment, digest
from lstm_lab.training.named import places_of

LENGTH = 16  # hexadecimal digits, enough to tell some hundred experiments apart


@functools.lru_cache(maxsize=1024)
def subject(experiment: Experiment) -> str:
    """What names an experiment in evidence: its problem, network and regime, and the code that these name.

    Unlike the key of a stored training it knows of no seeds, versions or compiler, which evidence has on record by
    itself, nor of the code that trains every experiment. Of data that a function draws counts what seed 0 gets.
    """
    content = getattr(experiment.problem, "content", None)
    whole = {
        "experiment": experiment.fingerprint(),
        "code": own_code_digest(classes_of(experiment.problem), places_of(experiment.problem, experiment.network)),
        **({"content": content((0,))} if content else {}),
    }
    return digest(whole)[:LENGTH]
