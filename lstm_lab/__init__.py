"""The public names of the lab. Each is imported when somebody asks for it: `semantics` needs none of them."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lstm_lab.judging.claims import Claim, Comment, Link, Section, Untested, case, exempt
    from lstm_lab.judging.claims.declaration import claim
    from lstm_lab.judging.criteria import (
        Criterion,
        Interval,
        Judgement,
        Verdict,
        always,
        at_least,
        at_most,
        beats,
        equivalent,
        possible,
        register_criterion,
    )
    from lstm_lab.suite.model_fixtures import trained
    from lstm_lab.training.experiment import (
        Built,
        Experiment,
        Layer,
        Network,
        Optimizer,
        Regime,
        experiment_of,
        layer,
        optimizer,
        recurrent_classifier,
    )
    from lstm_lab.training.problems import (
        ALPHABET,
        AmbiguousWords,
        Arrays,
        Constant,
        Continuations,
        Drawn,
        Echo,
        Frames,
        Letters,
        Markov,
        OneStep,
        Prefixes,
        RandomText,
        Relabelled,
        Repeats,
        Runs,
        Samples,
        Scrambled,
        Several,
        Sine,
        Subsequences,
        Together,
        Windows,
        Without,
        best_accuracy,
        stateful_chunks,
    )


def _modules() -> dict[str, str]:
    """The module of each public name: those above, which stand there for type checkers and for this."""
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    (block,) = (one for one in tree.body if isinstance(one, ast.If))
    imports = (one for one in block.body if isinstance(one, ast.ImportFrom))
    return {alias.name: one.module or "" for one in imports for alias in one.names}


_MODULE_OF = _modules()
__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    """A public name, from its module."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(_MODULE_OF[name]), name)
    return value


def __dir__() -> list[str]:
    """The names above, whether they were asked for or not."""
    return sorted({*globals(), *__all__})
