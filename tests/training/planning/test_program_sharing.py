"""Who compiles what: processes that share work do not compile the same programs as long as there is a choice."""

from dataclasses import dataclass

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.jobs import Job, plan_jobs
from lstm_lab.training.planning.program_sharing import Programs

TINY = Experiment("tiny", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
WIDE = TINY.but(name="wide", network=recurrent_classifier(3, 4), epochs=3)
BLOCK = tuple(range(10))


@dataclass(frozen=True)
class Work:
    """Something that a program computes."""

    name: str
    program: str


ALL = [Work("dearest", "a"), Work("dear", "b"), Work("cheap", "a"), Work("cheaper", "c"), Work("cheapest", "b")]


def names(programs: Programs) -> list[str]:
    """What a process would do, in this order, were nothing done meanwhile."""
    return [work.name for work in programs.preferred(ALL)]


def test_a_process_alone_does_first_what_it_has_the_program_for(tmp_path):
    """Then the rest in the order given, the dearest first."""
    programs = Programs(tmp_path)
    programs.compiled("c")

    assert ["cheaper", "dearest", "dear", "cheap", "cheapest"] == names(programs)[:5]


def test_what_others_compile_is_done_last(tmp_path):
    """A program that another process has taken is compiled a second time only where nothing else is left."""
    first, second = Programs(tmp_path), Programs(tmp_path)
    taken = next(first.preferred(ALL))
    first.compiled(taken.program)

    assert "dear" == next(second.preferred(ALL)).name
    assert ["dear", "cheaper", "cheapest", "dearest"] == names(second)[:4]
    assert ["dearest", "cheap", "dear"] == names(first)[:3]


def test_what_a_process_had_is_free_when_it_ends(tmp_path):
    """However it ends: the kernel lets go of what it held."""
    first = Programs(tmp_path)
    next(first.preferred(ALL))
    del first

    assert "dearest" == names(Programs(tmp_path))[0]


def test_where_nothing_can_be_written_each_compiles_for_itself(tmp_path):
    """Work goes on, the dearest first."""
    (tmp_path / "programs").write_text("no folder")

    assert [work.name for work in ALL] == names(Programs(tmp_path / "programs"))


@pytest.mark.parametrize(
    ("change", "same"),
    [({"shuffle": "never"}, True), ({"epochs": 9}, True), ({"batch_size": 3}, False), ({"problem": Windows()}, True)],
    ids=["order", "epochs", "rows", "targets of other shape"],
)
def test_a_program_is_that_of_network_and_batch(change, same):
    """Trainings that differ in data, epochs or order share it."""
    network = recurrent_classifier(2, 26)
    one = TINY.but(network=network, problem=Windows(symbols="ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    first, second = (Job(each, BLOCK, (4,), eligibility_of(each)) for each in (one, one.but(**change)))

    assert same == (first.program == second.program)


def test_a_trainer_stays_with_its_program(tmp_path, monkeypatch):
    """The dearest job first, then all of its program, then the next."""
    plan = plan_jobs(
        [*((TINY, seed) for seed in (0, 10)), *((WIDE, seed) for seed in (0, 10)), (TINY.but(epochs=1), 20)]
    )
    trainer, done = Trainer(open_store(tmp_path / "ensembles"), Reporter()), []
    training = Reporter.training
    monkeypatch.setattr(Reporter, "training", lambda self, name, *of: done.append(name) or training(self, name, *of))
    trainer.run_jobs(plan)

    assert ["wide, 3 epochs"] * 2 + ["tiny, 4 epochs"] * 2 + ["tiny, 1 epoch"] == done
