"""Dry runs of claims' tests for `--plan`: on members with unknown values, to record which experiments they request.

Nothing is trained or loaded: in a dry run, Keras and TensorFlow are unknown values as well.
"""

from __future__ import annotations

import builtins
import contextlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from lstm_lab.judging.session import claim_tests, control_of
from lstm_lab.suite.model_fixtures import case_experiments
from lstm_lab.training.experiment import Experiment, one_line

HEAVY = ("keras", "tensorflow")
ARITHMETIC = ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow", "and", "or", "xor")
EXPRESSIONS = (
    *(f"{side}{name}" for name in ARITHMETIC for side in ("", "r")),
    *("eq", "ne", "lt", "le", "gt", "ge", "neg", "pos", "abs", "invert", "getitem", "setitem", "enter", "exit"),
    *("call", "array_ufunc", "array_function"),
)
VALUES = ("bool", "int", "float", "complex", "index", "round", "len", "iter", "contains", "hash", "str", "array")


class Undecided(BaseException):
    """A test needs the value of an Unknown. No Exception, so that no `except Exception` in the test catches it."""


class Unknown:
    """An unknown value: every expression with it is unknown, too; what needs its value raises Undecided."""

    def __init__(self, *_: object, **known: object) -> None:  # also called for a class whose base is unknown
        vars(self).update(known)

    def __getattr__(self, name: str) -> Unknown:
        if name.startswith("__"):  # an optional protocol of Python
            raise AttributeError(name)
        return Unknown()


def _unknown(*_: object, **__: object) -> Unknown:
    return Unknown()


def _undecided(*_: object, **__: object) -> None:
    raise Undecided("a number or a decision hangs on what is not trained")


for _name in EXPRESSIONS:
    setattr(Unknown, f"__{_name}__", _unknown)
for _name in VALUES:
    setattr(Unknown, f"__{_name}__", _undecided)


Measured = tuple[str, str | None]  # the id of a claim, and the control under which it is measured


class DryRun(NamedTuple):
    """The result of a dry run.

    Attributes:
        experiments: what the test requested, in order.
        cut: why it was cut short, "" where it was not.
    """

    experiments: list[Experiment]
    cut: str


def dry_runs(items: Iterable[pytest.Item], requested: Callable[..., Experiment]) -> dict[Measured, DryRun]:
    """For each claim whose test takes `train`, under each control, the dry run with the first of its seeds.

    Args:
        items: the selected tests.
        requested: returns the experiment that a call of `train` requests, from the control and the call's arguments.
    """
    runs: dict[Measured, DryRun] = {}
    for item, claim, _ in claim_tests(items):
        if (claim.id, control_of(item)) not in runs and _takes_train(item):
            runs[claim.id, control_of(item)] = dry_run(item, requested)
    return runs


def requested_in_tests(
    items: Iterable[pytest.Item], runs: Mapping[Measured, DryRun]
) -> Iterator[tuple[Experiment, int]]:
    """What the tests of these claims request of `train`, with the seed: for every seed as for the first one."""
    for item, claim, seed in claim_tests(items):
        run = runs.get((claim.id, control_of(item)))
        yield from ((experiment, seed) for experiment in (run.experiments if run else ()))


def incomplete_dry_runs(runs: Mapping[Measured, DryRun], *, in_full: bool) -> Iterator[str]:
    """Lines: how many tests were cut short, and, where `in_full`, which and why."""
    cut = {measured: run.cut for measured, run in runs.items() if run.cut}
    if cut:
        hint = "" if in_full else " (-v: which)"
        tests = "1 test was" if len(cut) == 1 else f"{len(cut)} tests were"
        yield f"  {tests} cut short: what more train(...) would be asked for is not known{hint}"
    yield from (f"    {id}: {reason}" for (id, _), reason in cut.items() if in_full)


def dry_run(item: Any, requested: Callable[..., Experiment]) -> DryRun:
    """Run a test on unknown values, for the experiments that it requests; see `dry_runs`."""
    experiments: list[Experiment] = []
    values = {"control": None, "request": Unknown(), "observe": Unknown(), **item.callspec.params}

    def train(*experiment: Any, **own: Any) -> Unknown:
        if any(isinstance(argument, Unknown) for argument in (*experiment, *own.values())):
            _undecided()
        wanted = requested(values["control"], *experiment, **own)
        hash(wanted)  # raises Undecided where a part of it is unknown
        experiments.append(wanted)
        return Unknown(experiment=wanted, seed=values["seed"])

    def value_of(name: str) -> Any:
        if name not in values:
            # pytest has no public way from an item to the fixture functions behind it.
            function = item._fixtureinfo.name2fixturedefs[name][-1].func
            if inspect.isgeneratorfunction(function):  # not set up, since nothing would tear it down
                values[name] = Unknown()
            else:
                values[name] = function(**{argument: value_of(argument) for argument in _arguments(function)})
        return values[name]

    values["train"] = train
    values.update({name: train(experiment) for name, experiment in case_experiments(item).items()})
    try:
        with _unknown_keras(item.obj):
            item.obj(**{name: value_of(name) for name in _arguments(item.obj)})
    except (KeyboardInterrupt, pytest.exit.Exception):
        raise
    except BaseException as error:  # a failure, a skip or any other end of the test does not end the plan
        return DryRun(experiments, str(error) if isinstance(error, Undecided) else one_line(error))
    return DryRun(experiments, "")


def _takes_train(item: Any) -> bool:
    """Whether a test takes `train`, itself or through a fixture other than those that `trained` makes."""
    definitions = [overriding[-1] for overriding in item._fixtureinfo.name2fixturedefs.values()]
    own = (fixture.argnames for fixture in definitions if not hasattr(fixture.func, "experiment"))
    return any("train" in names for names in (_arguments(item.obj), *own))


def _arguments(function: Callable[..., Any]) -> list[str]:
    """The names of the arguments of a test or a fixture."""
    return list(inspect.signature(function).parameters)


@contextlib.contextmanager
def _unknown_keras(test: Any) -> Iterator[None]:
    """Imports of Keras and TensorFlow in the file of `test` give Unknown; in other files they raise Undecided."""
    original = builtins.__import__

    def import_module(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if level or name.partition(".")[0] not in HEAVY:
            return original(name, globals, locals, fromlist, level)
        return Unknown() if globals is test.__globals__ else _undecided()

    builtins.__import__ = import_module
    try:
        yield
    finally:
        builtins.__import__ = original
