"""The pytest plugin of trainings: the fixtures `train`, `model` and `baseline`, progress lines, `--plan`, `--fresh`."""

from __future__ import annotations

import functools
import os
import secrets
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from lstm_lab import machine
from lstm_lab.judging.claims import Claim
from lstm_lab.judging.session import SOFTWARE, SUBJECTS, claim_of, claim_tests, control_of, record_facts
from lstm_lab.judging.session.collection import INVENTORY
from lstm_lab.judging.session.plugin import PROCESSES, show
from lstm_lab.suite.cluster_option import SEEDS_TO_COME, ClusterPlugin, cluster_of
from lstm_lab.suite.dry_run import dry_runs, incomplete_dry_runs, requested_in_tests
from lstm_lab.suite.global_settings import GlobalSettings
from lstm_lab.suite.keras_at_hand import keras_error
from lstm_lab.suite.model_fixtures import Train, case_experiments
from lstm_lab.suite.progress_lines import ProgressLines
from lstm_lab.suite.requested_experiments import REQUESTED, RequestedExperiments
from lstm_lab.suite.stores import RUN, evidence_folder, store
from lstm_lab.training.compiled import find_gpu
from lstm_lab.training.errors import ExperimentError
from lstm_lab.training.execution import Reporter, Trainer, begin_run, worker_processes, write_plan
from lstm_lab.training.experiment import EDITIONS, TODAY, Experiment, experiment_of, one_line
from lstm_lab.training.planning import cost_model, forecast_lines, plan_jobs, planned_trainings

if TYPE_CHECKING:
    from lstm_lab.training.ensemble import Member

ON_TOP = "  loading and measuring come on top"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--fresh`, `--edition`, `--device` and `--cluster`."""
    group = parser.getgroup("claims")
    group.addoption("--fresh", action="store_true", help="load no stored ensemble: train everything anew")
    group.addoption(
        "--edition",
        choices=tuple(EDITIONS),
        default=TODAY,
        help="the year whose defaults Keras's layers get, 2016 for those of the article (default: %(default)s)",
    )
    group.addoption("--device", choices=("cpu", "gpu"), default="cpu", help="what trains (default: cpu)")
    group.addoption(
        "--cluster",
        metavar="ADDRESS",
        help="train on the workers of a Dask cluster: the address of its scheduler, or local:4 for four processes here",
    )


@pytest.fixture(scope="session")
def trainer(request: pytest.FixtureRequest) -> Iterator[Trainer]:
    """The trainer of this process; it trains the models of the selected tests' fixtures and cases when it is set up."""
    config = request.config
    folder = evidence_folder(config)
    begin_run(folder / "progress", config.stash[RUN])
    cluster = cluster_of(config)
    trainer = Trainer(store(config), Reporter(folder / "progress"), cluster.train if cluster else None)
    try:
        plan = plan_jobs(_named_experiments(request.session.items), trainer.reporter.note, trainer.store)
        rates = cost_model.rates(folder)
        write_plan(folder / "progress", trainer.store, planned_trainings(plan, trainer.store, rates), rates.compiling)
        trainer.send(plan)
        trainer.run_jobs([job for job in plan if not job.by_plain_keras])
        worker_processes.run_in_subprocesses(trainer, plan)
        trainer.run_jobs(plan)
        yield trainer
    finally:
        peak = max(machine.peak_mebibytes(), machine.children_peak_mebibytes())
        facts = {"trained": trainer.trained, "loaded": trainer.loaded, "refused": trainer.store.refused}
        facts["plain fit"] = trainer.plain_keras_summary()
        if cluster is not None:
            record_facts(config, cluster.facts)
            cluster.close()
        record_facts(config, {**facts, "memory": [f"{peak} MiB"]})


@pytest.fixture(scope="session")
def train(request: pytest.FixtureRequest, trainer: Trainer, seed: int, control: str | None) -> Train:
    """This seed's trained member of any experiment: `train(STATEFUL_ONE_CHAR.but(epochs=500))`.

    Or of a model of your own: `train(build=network, x=x, y=y, epochs=100)`, with the arguments of `experiment_of`.
    Under `--control` it is untrained, unless the claim names a control of its own.
    """
    config = request.config

    def member(experiment: Experiment | None = None, **own: Any) -> Member:
        wanted = _experiment(experiment, **own)
        config.stash[REQUESTED].record(wanted)
        asked = _as_asked(wanted, config.option.edition, control)
        if trainer.elsewhere is not None:  # what one seed of a claim asks for, the others will
            seeds = config.stash[SEEDS_TO_COME].seeds(seed)
            trainer.send(plan_jobs(((asked, one) for one in seeds), store=trainer.store))
        return trainer.member(asked, seed)

    return member


def _of_case(request: pytest.FixtureRequest, trainer: Trainer, seed: int, control: str | None) -> Member:
    """This seed's trained member of the experiment in the claim's case: `case(model=STATEFUL_ONE_CHAR)`."""
    experiment, name = getattr(request, "param", None), request.fixturename
    if not isinstance(experiment, Experiment):
        pytest.fail(f"{name}: got {experiment!r}, wanted a claim with case({name}=experiment)", pytrace=False)
    return trainer.member(_as_asked(experiment, request.config.option.edition, control), seed)


model, baseline = (pytest.fixture(scope="session", name=name)(_of_case) for name in ("model", "baseline"))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Record the experiments that are requested while a fixture is set up as requested by it."""
    with request.config.stash[REQUESTED].requested_by(fixturedef):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Record what the test and its fixtures requested; around the second measurement, too.

    Each experiment in the case of a claim is replaced by its trained member, whatever the name of the argument.
    """
    requested = item.config.stash[REQUESTED]
    with requested.requested_by(item):
        of_its_case = case_experiments(item) if claim_of(item) else {}  # other tests have parameters of their own
        for name, experiment in of_its_case.items():
            requested.record(experiment)  # as it is called in every edition, so that records can be compared
            arguments = item.funcargs  # type: ignore[attr-defined]
            if arguments.get(name) is experiment:  # no fixture of that name has replaced it
                # pytest has no public way from an item to a fixture that the test does not take.
                arguments[name] = item._request.getfixturevalue("train")(experiment)  # type: ignore[attr-defined]
        outcome = yield
    item.stash[SUBJECTS] = requested.ids_of(item)
    return outcome


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In another edition, leave out what an edition cannot answer."""
    for item, claim, _ in claim_tests(items) if config.option.edition != TODAY else ():
        reason = _reason_not_asked(item, claim)
        if reason:
            config.stash[INVENTORY].not_asked[claim.id] = reason


def _reason_not_asked(item: pytest.Item, claim: Claim) -> str:
    """Why no edition can answer a claim, "" where one can."""
    experiments = case_experiments(item).values()
    if claim.asks:
        return "it asks what the calls of Keras do, and an edition changes the arithmetic of layers alone"
    if "trainer" not in item.fixturenames and not experiments:  # type: ignore[attr-defined]
        return "it asks no trained model, and an edition changes nothing else"
    if experiments and all(one.network.edition != TODAY for one in experiments):
        return "its models have the edition that it names"
    return ""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """With `--plan`, show what the selected claims would train and load; nothing is trained or loaded."""
    config = session.config
    if config.option.plan and session.items:
        requested = functools.partial(requested_experiment, edition=config.option.edition)
        runs, untrainable = dry_runs(session.items, requested), list[str]()
        wanted = [*_named_experiments(session.items), *requested_in_tests(session.items, runs)]
        plan = plan_jobs(wanted, untrainable.append, store(config))
        rates, in_full = cost_model.rates(evidence_folder(config)), config.option.verbose > 0
        show(config, forecast_lines(plan, store(config), rates, config.stash[PROCESSES], in_full=in_full))
        show(config, [f"  {line}" for line in untrainable])
        show(config, incomplete_dry_runs(runs, in_full=in_full))
        show(config, [ON_TOP])


def requested_experiment(
    control: str | None, experiment: Experiment | None = None, *, edition: str = TODAY, **own: Any
) -> Experiment:
    """The experiment that a call of `train` with these arguments requests in this edition, under this control."""
    return _as_asked(_experiment(experiment, **own), edition, control)


def _experiment(experiment: Experiment | None = None, **own: Any) -> Experiment:
    """The experiment that the arguments of `train` describe."""
    if experiment is None:
        return experiment_of(**own)
    if own or not isinstance(experiment, Experiment):
        got = getattr(experiment, "__name__", None) or f"{experiment!s:.60}"
        raise ExperimentError(
            f"train: got {', '.join([got, *own])}, wanted an Experiment and nothing else, "
            "or train(build=..., x=..., y=..., epochs=...) of a function that builds a Keras model"
        )
    return experiment


def _as_asked(experiment: Experiment, edition: str, control: str | None) -> Experiment:
    """`experiment` with the defaults of an edition, unless it names one itself; untrained under that control."""
    asked = experiment.in_edition(edition)
    return asked.untrained if control == "untrained" else asked


def _named_experiments(items: list[pytest.Item]) -> Iterator[tuple[Experiment, int]]:
    """The experiments of the selected tests' fixtures and cases, with the seeds of the tests."""
    for item, _, seed in claim_tests(items):
        # pytest has no public way from an item to the fixture functions behind it.
        definitions = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
        named = (getattr(overriding[-1].func, "experiment", None) for overriding in definitions)
        for experiment in (*filter(None, named), *case_experiments(item).values()):
            yield _as_asked(experiment, item.config.option.edition, control_of(item)), seed


def pytest_configure(config: pytest.Config) -> None:
    """Look at Keras, draw the token of the run, find a cluster and a GPU: the main process does, for workers."""
    workerinput = getattr(config, "workerinput", None)
    if workerinput is None and (error := keras_error()):
        raise pytest.UsageError(error)
    config.stash[RUN] = secrets.token_hex(8) if workerinput is None else workerinput["run"]
    config.stash[REQUESTED] = RequestedExperiments()
    config.stash[SOFTWARE] = EDITIONS[config.option.edition].software
    if config.option.edition != TODAY and config.option.control:
        wanted = "wanted one of the two: controls are of today's edition"
        raise pytest.UsageError(f"--control --edition {config.option.edition}: {wanted}")
    config.pluginmanager.register(GlobalSettings(), "global-settings")
    if config.option.cluster:
        config.pluginmanager.register(ClusterPlugin(config), "training-cluster")
    if workerinput is None:
        os.environ.pop(machine.GPU, None)  # workers inherit what is found here
        if config.option.device == "gpu":
            os.environ[machine.GPU] = _found_gpu()
        config.pluginmanager.register(ProgressLines(config), "training-progress")


def _found_gpu() -> str:
    """The name of the GPU that trains. Raises UsageError where there is none."""
    try:
        return find_gpu()
    except Exception as error:  # of drivers and plugins of any kind
        raise pytest.UsageError(
            f"--device gpu: got no GPU ({one_line(error)}); wanted one that JAX can use after "
            "`pip install -c constraints.txt -e '.[gpu]'`; without --device, cores train"
        ) from error


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Send each worker the token of the run."""
    node.workerinput["run"] = node.config.stash[RUN]
