"""The pytest plugin of claims: options, fixtures and hooks; the modules beside it do the work."""

from __future__ import annotations

import argparse
import os
from collections.abc import Generator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lstm_lab import machine
from lstm_lab.judging.claims import (
    DEFAULT_SEEDS,
    MOST_SEEDS,
    Claim,
    Kind,
    control_part,
    node_part,
    seed_name,
    seeds_error,
)
from lstm_lab.judging.report import decidable, listing, open_criteria
from lstm_lab.judging.session import last_failed
from lstm_lab.judging.session.collection import INVENTORY, Inventory
from lstm_lab.judging.session.completeness import claim_lines, forget_file, lost_claims
from lstm_lab.judging.session.controller import EXCHANGE_INPUT, Controller
from lstm_lab.judging.session.endings import Endings
from lstm_lab.judging.session.exchange import EXCHANGE, process_name
from lstm_lab.judging.session.finalization import finalize
from lstm_lab.judging.session.marks import claim_of, declarations
from lstm_lab.judging.session.observe import OBSERVER, SUBJECTS, Observer, attach_observation, read_observation
from lstm_lab.judging.session.places import finals_of_run, places_error, seeds_of_run
from lstm_lab.judging.session.selection import file_by_file, select, selection_of
from lstm_lab.judging.session.thinning import collect_challenged, seeds_to_collect
from lstm_lab.text import writable

CONTROLLER = pytest.StashKey[Controller]()
PROCESSES = pytest.StashKey[int]()  # how many would measure, also under --plan, which measures nothing


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the suite."""
    group = parser.getgroup("claims", "claims verified over many seeds")
    group.addoption(
        "--seeds",
        type=_seed_count,
        metavar="N",
        help=f"seeds each claim is measured with, unless it declares fewer (default: {DEFAULT_SEEDS})",
    )
    group.addoption(
        "--explore",
        action="store_true",
        help="measure the seeds that are looked at while claims are written, on which no verdict rests",
    )
    group.addoption(
        "--claim",
        action="append",
        default=[],
        metavar="ID",
        help="measure this claim only, or all that a pattern means, as in 'stateful/*'; repeatable",
    )
    group.addoption(
        "--control",
        action="store_true",
        help="let each claim show that it can fail: take the training, or what it names, away from it; and a refuted "
        "one that it can hold: plant the property that it names",
    )
    group.addoption("--list-claims", action="store_true", help="list the claims and measure nothing")
    group.addoption(
        "--final-criteria",
        action="store_true",
        help="write which claims are final in this commit, before the seeds are run that verdicts rest on; no more",
    )
    group.addoption(
        "--plan",
        action="store_true",
        help="say what would be trained, for how long, and what the claims could come to with these seeds; no more",
    )
    group.addoption("--strict-verdicts", action="store_true", help="fail on drift: a verdict to or from inconclusive")
    group.addoption("--report", metavar="PATH", help="where the report is written (default: REPORT.md in the rootdir)")
    group.addoption(
        "--evidence", metavar="DIR", help="where observations are kept as JSON (default: evidence in the rootdir)"
    )
    parser.addini("exploration_seeds", "the seeds of --explore: so many, from 0 on", type="int", default=0)
    parser.addini("editions", "the folder of what claims came to in other editions (default: in the evidence)")
    parser.addini("criteria", "the file of final criteria, seen from the rootdir (default: none is kept)")
    parser.addini("more_seeds", "the file of what more seeds than usual said, seen from the rootdir (default: none)")
    parser.addini("controls", "the file of what --control showed, seen from the rootdir (default: in the evidence)")


def _seed_count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= MOST_SEEDS:
        wanted = "at least 1" if number < 1 else f"at most {MOST_SEEDS}"
        raise argparse.ArgumentTypeError(f"got {text!r}, wanted a whole number, {wanted}")
    return number


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Listing and planning need no workers; this runs before xdist starts any."""
    processes = getattr(config.option, "numprocesses", None)
    if isinstance(processes, str):  # auto
        processes = config.hook.pytest_xdist_auto_num_workers(config=config)
    config.stash[PROCESSES] = processes or 1
    if measures_nothing(config):
        config.option.numprocesses = 0
    named = (config.option.report or config.option.evidence) and not measures_nothing(config)
    if named and (error := places_error(config)):
        raise pytest.UsageError(error)
    if error := seeds_error(config.option.seeds, config.getini("exploration_seeds"), config.option.explore):
        raise pytest.UsageError(error)
    if config.option.control and seeds_of_run(config).count < DEFAULT_SEEDS:
        wanted = f"at least {DEFAULT_SEEDS}: with fewer seeds a claim loses its support whatever it measures"
        raise pytest.UsageError(f"--control --seeds {seeds_of_run(config).count}: wanted {wanted}")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, the inventory of this process and, where the run is judged, the controller."""
    config.addinivalue_line("markers", "claim(claim, id): the claim that a test measures, written by @claim(...)")
    config.stash[INVENTORY] = Inventory(seeds_of_run(config), config.option.control)
    config.pluginmanager.register(Endings(), "claims-endings")
    workerinput = getattr(config, "workerinput", None)
    if workerinput is not None:
        config.stash[EXCHANGE] = Path(workerinput[EXCHANGE_INPUT])
    elif not config.option.collectonly and not measures_nothing(config):
        config.stash[CONTROLLER] = Controller(config)
        config.pluginmanager.register(config.stash[CONTROLLER], "claims-controller")


def measures_nothing(config: pytest.Config) -> bool:
    """Whether a run only lists, plans or writes, so that no claim is measured."""
    return bool(config.option.list_claims or config.option.plan or config.option.final_criteria)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """As many workers as cores and free memory allow, unless the environment sets a number."""
    return None if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS") else machine.workers()


# Collection


def pytest_collection(session: pytest.Session) -> None:
    """Mark the tests behind failed verdicts for `--lf`."""
    last_failed.remember_seeds(session.config, seeds_of_run(session.config))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each seed of a claim, with the values of its case."""
    inventory = metafunc.config.stash[INVENTORY]
    registered = inventory.register(metafunc)
    if not registered:
        return
    arguments = [name for name in registered[0][0].values if name in metafunc.fixturenames]
    family, tests = claim_of(metafunc.definition) is None, []
    for declaration, seeds in registered:
        claim = declaration.claim
        assert isinstance(claim, Claim)
        # A test with cases has one mark for all of them, and here one for each, which `-m 'claim(id="...")'` selects.
        marks = [pytest.mark.claim(claim, id=claim.id)] if family else []
        values = [declaration.values[name] for name in arguments]
        for control in inventory.controls(claim):
            under = (control, *values) if inventory.control else values
            for seed in seeds_to_collect(metafunc.config, claim, seeds):
                name = node_part(declaration.case, control_part(control, seed_name(seed)))
                tests.append(pytest.param(seed, *under, id=name, marks=marks))
    names = ["seed", *(["control"] if inventory.control else []), *arguments]
    metafunc.parametrize(names, tests, indirect=_by_fixtures(metafunc, arguments), scope="session")


def _by_fixtures(metafunc: pytest.Metafunc, names: Iterable[str]) -> list[str]:
    """Those of `names` with a fixture that computes something from the value: it takes `request`."""
    # pytest has no public way from a test to the fixture functions behind it.
    known = metafunc.definition._fixtureinfo.name2fixturedefs
    return [name for name in names if name in known and "request" in known[name][-1].argnames]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Report each claim that cannot be tested as its own collection error; other claims are still collected."""
    report = yield
    inventory = collector.config.stash[INVENTORY]
    refused = inventory.pop_errors()
    for _, line in refused:
        refusal = pytest.CollectReport(collector.nodeid, "failed", line, None)
        collector.ihook.pytest_collectreport(report=refusal)
    if report.skipped and isinstance(collector, pytest.Module) and any(claim_lines(collector.path)):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid}: skipped as a whole ({reason}), wanted its claims: they would be missing"
    if report.failed:
        forget_file(collector.path)
    untestable = {node for node, _ in refused}  # tests of other cases have a seed in their node ids
    report.result = [node for node in report.result if node.nodeid not in untestable]
    if isinstance(collector, pytest.Module) and (report.result or not collector.config.getoption("lf", False)):
        inventory.mark_collected(collector.path)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """Refuse what was declared in vain, then select by `--claim`, after `-k` and `-m`, and what `--control` can run."""
    inventory = config.stash[INVENTORY]
    collect_challenged(config, items)
    yield
    for node, line in lost_claims(inventory, config):
        config.hook.pytest_collectreport(report=pytest.CollectReport(node, "failed", line, None))
    selected = select(inventory, items, config.option.claim)
    left_out = set(items) - set(selected)
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = file_by_file(inventory, selected)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Pass the selection to the controller: from a worker through a file, before xdist reports its collection."""
    config = session.config
    last_failed.forget_seeds(config)
    selection = selection_of(config.stash[INVENTORY], session)
    if EXCHANGE in config.stash:
        selection.write(config.stash[EXCHANGE] / f"selection-{process_name(config)}.json")
    elif selection.mistake:
        raise pytest.UsageError(selection.mistake)
    elif CONTROLLER in config.stash:
        config.stash[CONTROLLER].begin(selection, len(session.items))
    elif config.option.final_criteria:
        show(config, [] if session.testsfailed else [finalize(config, selection)])
    elif config.option.list_claims:
        show(config, listing(selection.entries))
        show(config, open_criteria(selection.entries, finals_of_run(config)))
    elif config.option.plan and selection.entries:
        show(config, decidable(selection.entries))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Listing claims and planning run nothing."""
    return True if measures_nothing(session.config) and not session.testsfailed else None


# Measuring


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """The seed that a claim's test measures with."""
    number: int | None = getattr(request, "param", None)
    if number is None:
        pytest.fail("seed: got a test without a claim, wanted one decorated with @claim(...)", pytrace=False)
    return number


@pytest.fixture(scope="session")
def control(request: pytest.FixtureRequest) -> Kind | None:
    """The kind of the control under `--control`, else None."""
    kind: Kind | None = getattr(request, "param", None)
    return kind


@pytest.fixture(scope="session")
def broken(control: Kind | None) -> bool:
    """Whether the test measures the broken variant that its claim names by `control="..."`."""
    return control == "broken"


@pytest.fixture(scope="session")
def planted(control: Kind | None) -> bool:
    """Whether the test measures the variant with the property planted that its claim names by `holds_with="..."`."""
    return control == "planted"


@pytest.fixture
def observe(request: pytest.FixtureRequest, seed: int, control: Kind | None) -> Observer:
    """`observe(holds)` or `observe(treatment, against=baseline)`, exactly once in a claim's test."""
    claim = claim_of(request.node)
    if claim is None:
        pytest.fail("observe: got a test without a claim, wanted one decorated with @claim(...)", pytrace=False)
    of_cases = {name for declaration in declarations(request.node) for name in declaration.values}
    others = sorted(set(request.node.callspec.params) - {"seed", "control"} - of_cases)
    if others:
        pytest.fail(f"claim {claim.id}: got a test with parameters {others}, wanted the seed alone", pytrace=False)
    observer = Observer(claim, seed)
    request.node.stash[OBSERVER] = observer
    return observer


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """A test that passed must have observed once; an observation that decides alone is measured again."""
    outcome = yield
    observer = item.stash.get(OBSERVER, None)
    if observer is not None:
        observer.finish(item.runtest)
    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the observation of a call that passed; after an exception of any kind there is none."""
    report = yield
    if not report.passed:
        report.longrepr = _writable(report.longrepr)
    observer = item.stash.get(OBSERVER, None)
    if observer is not None and observer.observation is not None and report.when == "call" and report.passed:
        measured_on = item.stash.get(SUBJECTS, ())
        attach_observation(report, replace(observer.observation, subjects=measured_on))
    return report


def _writable(message: Any) -> Any:
    """The message of a report; as plain text where a part of it could not be sent from a worker."""
    if isinstance(message, tuple):  # of a skipped test: path, line, reason
        return (*message[:2], writable(message[2]))
    text = str(message)
    return message if writable(text) == text else writable(text)


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Show an observation against its claim as neither a failure nor a pass."""
    if report.when == "call" and report.passed:
        observation = read_observation(report)
        if observation is not None and observation.holds is False:
            return "against", "a", ("AGAINST", {"purple": True})
    return None


def show(config: pytest.Config, lines: Iterable[str]) -> None:
    """Print to the terminal of pytest, or where that is switched off, to standard output."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    for line in lines:
        if terminal is None:
            print(line)
        else:
            terminal.write_line(line)
