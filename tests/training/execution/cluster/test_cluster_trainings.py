"""A cluster of real processes, killed for real: nothing is lost, and the bits are those of a training here."""

import gc
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from own_builders import dropout, mine

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.machine import processor
from lstm_lab.training.execution.cluster import Cluster, ClusterError, check, cluster, local_cluster, local_size
from lstm_lab.training.execution.progress import notes
from lstm_lab.training.plain_keras import fit
from lstm_lab.training.planning.jobs import plan_jobs

ROOT = Path(__file__).parents[4]
LONGEST = 600  # seconds that anything may take, on a machine with other work
# Long enough to be killed in: some seconds each.
LONG = Experiment("long", Windows(), recurrent_classifier(32), Regime(epochs=6000))
BLOCKS = (0, 10, 20, 30, 40)


@pytest.fixture
def plan():
    """Five blocks of one program."""
    return plan_jobs((LONG, seed) for seed in BLOCKS)


@pytest.fixture
def short():
    """The same, done in no time."""
    return plan_jobs((LONG.but(epochs=4), seed) for seed in BLOCKS)


@pytest.fixture
def training(processes, trainer, plan):
    """Begin to train the plan on a cluster of two workers, in a thread; gives it when the first block is done."""
    processes.scheduler()
    processes.worker("one")
    processes.worker("two")
    check(processes.address, "this run")
    asked = Cluster(processes.address, "this run")
    thread = threading.Thread(target=asked.train, args=(trainer, plan), daemon=True)
    thread.start()
    wait_for(lambda: trainer.trained)  # so all is loaded and compiled, where the first one was trained
    yield thread
    thread.join(LONGEST)
    asked.close()


def wait_for(happened):
    """Until it happened; fails where it never does."""
    ends = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < ends
        time.sleep(0.05)


def joined(thread):
    """Whether the thread has ended by itself."""
    thread.join(LONGEST)
    return not thread.is_alive()


def left(trainer, plan):
    """How many jobs are missing in the store."""
    return sum(bool(trainer.missing(job)) for job in plan)


def test_a_worker_is_killed_while_it_trains(training, processes, trainer, plan, bits, snapshots):
    """The other one does its job, from the beginning, with the same bits; nobody else trains."""
    processes.kill("one")

    assert joined(training)
    assert 0 == left(trainer, plan)
    assert 5 == len(trainer.trained)
    assert [] == notes(trainer.reporter.folder)
    for job in plan:
        (wanted,) = snapshots(LONG, job.seeds)
        assert bits(wanted) == bits(trainer.store.load(LONG, job.seeds, LONG.regime.epochs))


def test_the_scheduler_is_killed_and_does_not_come_back(processes, trainer, plan, short, monkeypatch):
    """It is told in one line, what is stored stays, and this process trains the rest."""
    monkeypatch.setattr(cluster, "SECONDS_TO_RECONNECT", 3)
    processes.scheduler()
    processes.worker("one")
    asked = Cluster(processes.address, "this run")
    asked.train(trainer, short)
    kept = len(trainer.trained)
    thread = threading.Thread(target=asked.train, args=(trainer, plan), daemon=True)
    thread.start()
    wait_for(lambda: len(trainer.trained) > kept)
    processes.kill("scheduler")

    assert joined(thread)
    assert 5 == kept
    assert 0 == left(trainer, short)
    (line,) = notes(trainer.reporter.folder)
    assert (
        f"cluster {processes.address}: its scheduler is gone; what it has trained is kept, "
        f"and {left(trainer, plan)} trainings of this plan will be done here" == line
    )
    began = time.monotonic()
    asked.train(trainer, plan)  # it is asked nothing more

    assert time.monotonic() - began < 1
    assert trainer.run_jobs(plan)
    assert 0 == left(trainer, plan)


def test_the_scheduler_is_killed_and_comes_back(training, processes, trainer, plan):
    """With a new worker, at the same address: the run goes on there."""
    for name in ("scheduler", "one", "two"):
        processes.kill(name)
    processes.scheduler()
    processes.worker("three")

    assert joined(training)
    assert 0 == left(trainer, plan)
    assert [] == notes(trainer.reporter.folder)


def test_workers_of_other_versions_and_of_other_code(processes, trainer, short, tmp_path):
    """Both are refused by name, before anything is trained; with a right one beside them all is trained."""
    older = tmp_path / "older"
    (older / "keras-3.14.0.dist-info").mkdir(parents=True)
    (older / "keras-3.14.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: keras\nVersion: 3.14.0\n")
    other = tmp_path / "other"
    shutil.copytree(ROOT / "lstm_lab", other / "lstm_lab")
    loop = other / "lstm_lab" / "training" / "compiled" / "loop.py"
    loop.write_text(loop.read_text().replace("FEWEST_SAMPLES = 32", "FEWEST_SAMPLES = 64"))
    processes.scheduler()
    processes.worker("older", paths=(older,))
    processes.worker("other", code=other)
    wait_for(lambda: both_are_there(processes.address))
    with pytest.raises(ClusterError) as refused:
        check(processes.address, "this run")

    lines = str(refused.value).partition("got no worker that may train, wanted one: ")[2].split("; worker ")
    assert 2 == len(lines)
    assert all(re.search(r"\btcp://127\.0\.0\.1:\d+: got ", line) for line in lines)
    assert "got other code of lstm_lab.training.compiled.loop, wanted that of this checkout" in str(refused.value)
    assert "got keras 3.14.0, wanted " in str(refused.value)
    processes.worker("right")
    asked = Cluster(processes.address, "this run")
    asked.train(trainer, short)
    asked.close()

    assert 0 == left(trainer, short)
    assert ["keras 3.14.0", "other code"] == sorted(
        re.search("got (keras 3.14.0|other code)", line).group(1) for line in notes(trainer.reporter.folder)
    )


def both_are_there(address):
    """Whether two workers have joined."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        return 2 == len(client.nthreads())


def test_a_model_of_ones_own_is_built_there(trainer, bits):
    """On processes of this machine, by a builder that they find where this process does: by plain Keras, bit by bit."""
    pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
    own = mine(dropout)
    plan = plan_jobs([(own, 3)], store=trainer.store)
    with local_cluster(1) as address:
        asked = Cluster(address, "this run")
        asked.train(trainer, plan)
        asked.close()
    (wanted,) = fit.train(own, own.problem.samples(3), 3, (own.regime.epochs,))

    assert 0 == left(trainer, plan)
    assert [] == notes(trainer.reporter.folder)
    assert {f"trainings on cluster, {processor()}": 1} == asked.facts
    assert bits(wanted) == bits(trainer.store.load(own, (3,), own.regime.epochs))


@pytest.mark.parametrize("address", ["local:", "local:0", "local:x", "local:-1", "local:99999"])
def test_a_number_of_processes_is_wanted(address):
    """And what was said is told."""
    with pytest.raises(ClusterError, match="wanted a number of processes from 1 to 1024, as local:4"):
        local_size(address)


def test_an_address_is_no_number():
    """It is left as it is."""
    assert [0, 12] == [local_size(address) for address in ("tcp://127.0.0.1:8786", "local:12")]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "nonsense://x:1", "tcp://127.0.0.1:notaport"])
def test_no_scheduler_is_one_line(address, monkeypatch):
    """Whatever Dask raises of the address."""
    pytest.importorskip("distributed", reason="needs Dask")
    monkeypatch.setattr(cluster.connected, "__defaults__", (1,))
    with pytest.raises(ClusterError, match=r"^\S+: got no scheduler \(.+\), wanted one that answers; start it with"):
        check(address, "this run")
    began = time.monotonic()
    gc.collect()  # a client that is not closed is closed then, in vain, for 20 seconds

    assert time.monotonic() - began < 10


def test_without_dask_it_is_one_line(monkeypatch):
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"got no Dask \(.+\), wanted it; `pip install -c constraints.txt -e"):
        check("tcp://127.0.0.1:8786", "this run")


def test_importing_it_loads_no_dask():
    """A run without `--cluster` needs none, and does not wait for it."""
    code = "import sys, lstm_lab.suite.plugin, lstm_lab.training.execution.cluster; "
    code += "print([name for name in ('dask', 'distributed', 'tensorflow') if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "[]" == loaded.stdout.strip()


def test_two_clusters_at_once():
    """A second one on the same machine starts as the first one did, and without a warning."""
    pytest.importorskip("distributed", reason="needs Dask: pip install -c constraints.txt -e '.[cluster]'")
    with local_cluster(1) as one, local_cluster(1) as two:
        assert one != two
