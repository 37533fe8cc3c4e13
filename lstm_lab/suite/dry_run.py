"""A dry run of a claim's test for `--plan`: on members whose values are unknown, to see what it requests of `train`.

Nothing is trained or loaded: in a dry run, Keras and TensorFlow are unknown values as well.
"""

from __future__ import annotations

import builtins
import contextlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from lstm_lab.judging.session import claim_tests
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
    """A test needs a value that is unknown; no Exception, which the test could catch as one of its own."""


class Unknown:
    """An unknown value: every expression of it is unknown, too, and what needs its value raises Undecided."""

    def __init__(self, *_: object, **known: object) -> None:  # also the "class" that is derived from an unknown one
        vars(self).update(known)

    def __getattr__(self, name: str) -> Unknown:
        if name.startswith("__"):  # a protocol of Python, which does without it
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


class DryRun(NamedTuple):
    """The result of a dry run.

    Attributes:
        experiments: what the test requested, in order.
        cut: why it was cut short, "" where it came to its end.
    """

    experiments: list[Experiment]
    cut: str


def dry_runs(items: Iterable[pytest.Item], requested: Callable[..., Experiment]) -> dict[str, DryRun]:
    """For each claim whose test takes `train`, the dry run with the first of its seeds.

    Args:
        items: the selected tests.
        requested: gives the experiment that a call of `train` requests, from the control and the call's arguments.
    """
    runs: dict[str, DryRun] = {}
    for item, claim, _ in claim_tests(items):
        if claim.id not in runs and _takes_train(item):
            runs[claim.id] = dry_run(item, requested)
    return runs


def requested_in_tests(items: Iterable[pytest.Item], runs: Mapping[str, DryRun]) -> Iterator[tuple[Experiment, int]]:
    """What the tests of these claims request of `train`: for every seed what the first one requests."""
    for _, claim, seed in claim_tests(items):
        if claim.id in runs:
            yield from ((experiment, seed) for experiment in runs[claim.id].experiments)


def incomplete_dry_runs(runs: Mapping[str, DryRun], *, in_full: bool) -> Iterator[str]:
    """How many tests did not come to their end, and where `in_full`, which and why."""
    cut = {id: one.cut for id, one in runs.items() if one.cut}
    if cut:
        which = "" if in_full else " (-v: which)"
        many = "1 test was" if len(cut) == 1 else f"{len(cut)} tests were"
        yield f"  {many} cut short: what more train(...) would be asked for is not known{which}"
    yield from (f"    {id}: {why}" for id, why in cut.items() if in_full)


def dry_run(item: Any, requested: Callable[..., Experiment]) -> DryRun:
    """Run a test on unknown values; see `dry_runs`."""
    experiments: list[Experiment] = []
    values = {"control": None, "request": Unknown(), "observe": Unknown(), **item.callspec.params}

    def train(*experiment: Any, **own: Any) -> Unknown:
        if any(isinstance(one, Unknown) for one in (*experiment, *own.values())):
            _undecided()
        wanted = requested(values["control"], *experiment, **own)
        with contextlib.suppress(TypeError):  # what has no hash is no experiment, which the plan reports
            hash(wanted)  # Undecided where a part of it is unknown
        experiments.append(wanted)
        return Unknown(experiment=wanted, seed=values["seed"])

    def value_of(name: str) -> Any:
        if name not in values:
            # pytest has no public way from an item to the fixture functions behind it.
            function = item._fixtureinfo.name2fixturedefs[name][-1].func
            torn_down = inspect.isgeneratorfunction(function)  # what would have to be torn down is not set up
            values[name] = Unknown() if torn_down else function(**{one: value_of(one) for one in _arguments(function)})
        return values[name]

    values["train"] = train
    values.update({name: train(experiment) for name, experiment in case_experiments(item).items()})
    try:
        with _keras_unknown_to(item.obj):
            item.obj(**{name: value_of(name) for name in _arguments(item.obj)})
    except (KeyboardInterrupt, pytest.exit.Exception):
        raise
    except BaseException as error:  # whatever ends the test, a failure or a skip included, ends no plan
        return DryRun(experiments, str(error) if isinstance(error, Undecided) else one_line(error))
    return DryRun(experiments, "")


def _takes_train(item: Any) -> bool:
    """Whether a test takes `train`, itself or by a fixture that is no named model."""
    definitions = [known[-1] for known in item._fixtureinfo.name2fixturedefs.values()]
    own = (one.argnames for one in definitions if not hasattr(one.func, "experiment"))
    return any("train" in names for names in (_arguments(item.obj), *own))


def _arguments(function: Callable[..., Any]) -> list[str]:
    """The names of what a test or a fixture takes."""
    return list(inspect.signature(function).parameters)


@contextlib.contextmanager
def _keras_unknown_to(test: Any) -> Iterator[None]:
    """Inside, Keras and TensorFlow are unknown to the file of `test`; whatever else imports them is Undecided."""
    importing = builtins.__import__

    def imported(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if level or name.partition(".")[0] not in HEAVY:
            return importing(name, globals, locals, fromlist, level)
        return Unknown() if globals is test.__globals__ else _undecided()

    builtins.__import__ = imported
    try:
        yield
    finally:
        builtins.__import__ = importing
