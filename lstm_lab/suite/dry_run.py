"""A claim's test rehearsed for `--plan`: run on members of which nothing is known, to see what it asks `train` for.

Nothing is trained, nothing loaded: Keras itself is unknown to a test that is rehearsed.
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
SAID = (
    *(f"{side}{name}" for name in ARITHMETIC for side in ("", "r")),
    *("eq", "ne", "lt", "le", "gt", "ge", "neg", "pos", "abs", "invert", "getitem", "setitem", "enter", "exit"),
    *("call", "array_ufunc", "array_function"),
)
DECIDED = ("bool", "int", "float", "complex", "index", "round", "len", "iter", "contains", "hash", "str", "array")


class Undecided(BaseException):
    """A number or a decision is asked for where nothing is known; no Exception, which a test could take for its own."""


class Unknown:
    """What nothing is known of: neither is of whatever is said about it, and what needs a value is Undecided."""

    def __init__(self, *_: object, **known: object) -> None:  # also the "class" that is derived from an unknown one
        vars(self).update(known)

    def __getattr__(self, name: str) -> Unknown:
        if name.startswith("__"):  # a question of Python, which has other ways to go
            raise AttributeError(name)
        return Unknown()


def _unknown(*_: object, **__: object) -> Unknown:
    return Unknown()


def _undecided(*_: object, **__: object) -> None:
    raise Undecided("a number or a decision hangs on what is not trained")


for _name in SAID:
    setattr(Unknown, f"__{_name}__", _unknown)
for _name in DECIDED:
    setattr(Unknown, f"__{_name}__", _undecided)


class DryRun(NamedTuple):
    """What came of one.

    Attributes:
        experiments: what the test asked for, in order.
        cut: why it went no further, "" where it came to its end.
    """

    experiments: list[Experiment]
    cut: str


def dry_runs(items: Iterable[pytest.Item], asked: Callable[..., Experiment]) -> dict[str, DryRun]:
    """For each claim whose test takes `train`, what it asks for with the first of its seeds.

    Args:
        items: the selected tests.
        asked: the experiment that the arguments of a call of `train` mean, under the control that comes first.
    """
    found: dict[str, DryRun] = {}
    for item, claim, _ in claim_tests(items):
        if claim.id not in found and _takes_train(item):
            found[claim.id] = dry_run(item, asked)
    return found


def requested_in_tests(items: Iterable[pytest.Item], found: Mapping[str, DryRun]) -> Iterator[tuple[Experiment, int]]:
    """What the tests of these claims ask `train` for: of every seed, what the first one does."""
    for _, claim, seed in claim_tests(items):
        if claim.id in found:
            yield from ((experiment, seed) for experiment in found[claim.id].experiments)


def incomplete_dry_runs(found: Mapping[str, DryRun], *, in_full: bool) -> Iterator[str]:
    """How many tests did not come to their end, and where `in_full`, which and why."""
    cut = {id: one.cut for id, one in found.items() if one.cut}
    if cut:
        which = "" if in_full else " (-v: which)"
        many = "1 test was" if len(cut) == 1 else f"{len(cut)} tests were"
        yield f"  {many} cut short: what more train(...) would be asked for is not known{which}"
    yield from (f"    {id}: {why}" for id, why in cut.items() if in_full)


def dry_run(item: Any, asked: Callable[..., Experiment]) -> DryRun:
    """Run a test on what is unknown; see `rehearsals`."""
    experiments: list[Experiment] = []
    values = {"control": None, "request": Unknown(), "observe": Unknown(), **item.callspec.params}

    def train(*experiment: Any, **own: Any) -> Unknown:
        if any(isinstance(one, Unknown) for one in (*experiment, *own.values())):
            _undecided()
        wanted = asked(values["control"], *experiment, **own)
        with contextlib.suppress(TypeError):  # what has no hash is no experiment, and the plan says so
            hash(wanted)  # Undecided where a part of it is unknown
        experiments.append(wanted)
        return Unknown(experiment=wanted, seed=values["seed"])

    def value_of(name: str) -> Any:
        if name not in values:
            # pytest has no public way from an item to the fixture functions behind it.
            function = item._fixtureinfo.name2fixturedefs[name][-1].func
            made = inspect.isgeneratorfunction(function)  # what is made and taken down again is not made
            values[name] = Unknown() if made else function(**{one: value_of(one) for one in _arguments(function)})
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
    """Whether a test asks for what no named model says: itself, or by way of a fixture of its own."""
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
