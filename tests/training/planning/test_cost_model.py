"""What trainings took is kept, and estimates rest on it; nothing else does."""

import json
from dataclasses import asdict, replace

import pytest

from lstm_lab import Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.training.execution.checked_store import open_store
from lstm_lab.training.execution.progress import Reporter
from lstm_lab.training.execution.trainer import Trainer
from lstm_lab.training.experiment import Eligibility
from lstm_lab.training.planning import cost_model
from lstm_lab.training.planning.cost_model import Cost, Rates, TrainingTimer, append_cost, rates
from lstm_lab.training.planning.eligibilities import eligibility_of
from lstm_lab.training.planning.jobs import Job

# Long enough for several calls of the compiled loop, so that its updates can be told from compiling.
TINY = Experiment("tiny", Windows(symbols="ABCDEFGHI"), recurrent_classifier(4, 9), Regime(epochs=2000))
JOB = Job(TINY, tuple(range(10)), (2000,), eligibility_of(TINY))
COST = Cost("tiny", cost_model.trajectory_of(TINY), (0, 9), 500, 2.0, 3.0, 0.25, False, cost_model.processor())


@pytest.fixture
def times(monkeypatch):
    """The clock shows these times, one after the other."""

    def shows(*seconds):
        left = iter(seconds)
        monkeypatch.setattr(cost_model.time, "process_time", lambda: next(left))

    return shows


def test_the_first_call_is_no_measure_of_the_others(times):
    """It compiles: what each epoch takes is known from those after it, and the rest of the time came before."""
    times(100.0, 107.0, 108.0, 109.0)
    told = []
    clock = TrainingTimer(told.append, 0)
    for epoch in (500, 1000, 1500):
        clock(epoch)
    cost = clock.cost(JOB, compiled=True)

    assert (1500, 3.0, 6.0, True) == (cost.epochs, cost.seconds, cost.starting, cost.compiled)
    assert round(JOB.seconds * 1500 / 2000, 4) == cost.estimated
    assert [500, 1000, 1500] == told


def test_a_training_that_goes_on_is_timed_from_there(times):
    """Only the epochs trained now are counted."""
    times(0.0, 1.0, 2.0)
    clock = TrainingTimer(lambda epoch: None, 1000)
    clock(1500)
    clock(2000)

    assert (1000, 2.0, 0.0) == (clock.cost(JOB, compiled=False).epochs, *_split(clock))


def _split(clock: TrainingTimer) -> tuple[float | None, float]:
    cost = clock.cost(JOB, compiled=False)
    return cost.seconds, cost.starting


def test_a_training_of_one_call_tells_nothing_of_its_updates(times):
    """All its time but the estimate is taken as that before the first update."""
    times(0.0, 5.0)
    clock = TrainingTimer(lambda epoch: None, 0)
    clock(2000)
    seconds, starting = _split(clock)

    assert seconds is None
    assert round(5.0 - JOB.seconds, 4) == starting


def test_nothing_trained_is_nothing_kept(times, tmp_path):
    """No progress, no cost, no file."""
    times(0.0)
    append_cost(tmp_path, TrainingTimer(lambda epoch: None, 0).cost(JOB, compiled=True))

    assert [] == list(tmp_path.iterdir())


def test_rates_are_medians_of_this_processor(tmp_path):
    """Other processors, torn lines and older forms are passed over; what was trained before has a rate of its own."""
    other = replace(COST, trajectory="another")
    for cost in (COST, replace(other, seconds=8.0), replace(other, seconds=12.0), replace(COST, seconds=None)):
        append_cost(tmp_path, cost)
    append_cost(tmp_path, replace(COST, starting=4.25, compiled=True))
    append_cost(tmp_path, replace(COST, seconds=900.0, processor="another"))
    with (tmp_path / cost_model.FILE).open("a") as file:
        file.write('{"name": "older"}\n7\n{"na')
    found = rates(tmp_path)

    assert Rates(4, 2.75, {COST.trajectory: 1.5, "another": 5.0}, 0.25, 4.0) == found
    assert pytest.approx(0.25 + 1.5 * JOB.seconds / 2) == found.seconds(JOB, 1000)
    assert pytest.approx(0.25 + 2.75 * JOB.seconds) == found.seconds(
        replace(JOB, experiment=TINY.but(shuffle="never")), 2000
    )
    assert (
        "from 4 trainings timed on this processor, which took 2.8 times what the rule of thumb says" == found.describe()
    )


def test_of_plain_keras_each_seed_compiles_its_model(tmp_path):
    """Its start is measured by itself, and stands in the estimate of every seed; programs cost nothing more."""
    job = replace(JOB, eligibility=Eligibility("dropout", False, (9,)))
    told = [Rates().seconds(job, 2000)]
    for starting in (3.0, 5.0, 4.0):
        append_cost(tmp_path, replace(COST, starting=starting, by_plain_keras=True))
    append_cost(tmp_path, replace(COST, starting=0.25))
    told.append(rates(tmp_path).seconds(job, 2000))

    assert pytest.approx([0.6 + job.seconds, 4.0 + 1.5 * job.seconds]) == told
    assert 0.25 == rates(tmp_path).starting


@pytest.mark.parametrize(
    "damage",
    [
        {"estimated": "2"},
        {"estimated": True},
        {"estimated": 5e-324},
        {"seconds": [3]},
        {"seconds": float("inf")},
        {"seconds": -1.0},
        {"seconds": 10**400},
        {"starting": None},
        {"starting": "soon"},
        {"starting": 1e300},
        {"seeds": 9},
        {"compiled": "no"},
        {"trajectory": ["a"]},
        {"more": 1},
    ],
    ids=str,
)
def test_a_damaged_line_is_passed_over(tmp_path, damage):
    """No run fails by what stands in the file of costs, and no estimate becomes endless."""
    append_cost(tmp_path, COST)
    with (tmp_path / cost_model.FILE).open("a") as file:
        file.write(json.dumps({**asdict(COST), **damage}) + "\n")
        file.write("9" * 5000 + "\n" + "[" * 100_000 + "\n")

    assert Rates(1, 1.5, {COST.trajectory: 1.5}, 0.25) == rates(tmp_path)


def test_without_costs_the_rule_of_thumb_counts(tmp_path):
    """A folder without any, or one that is not there, is no error, and the estimate says what it is."""
    assert Rates() == rates(tmp_path / "nowhere")
    assert "no training was timed on this processor yet" in Rates().describe()


def test_costs_that_cannot_be_kept_are_no_error(tmp_path):
    """No evidence depends on them."""
    append_cost(tmp_path / "nowhere", COST)

    assert not (tmp_path / "nowhere").exists()


def test_a_training_leaves_what_it_took_and_the_estimate_fits(tmp_path):
    """Each training adds a line beside the store; the next estimate is near what the training then takes."""
    trainer = Trainer(open_store(tmp_path / "ensembles"), Reporter())
    trainer.ensemble(TINY, JOB.seeds)
    trainer.ensemble(TINY, tuple(range(10, 20)))
    first, second = (json.loads(line) for line in (tmp_path / cost_model.FILE).read_text().splitlines())
    known = rates(tmp_path)
    foretold = known.seconds(JOB, 2000)

    assert (True, False) == (first["compiled"], second["compiled"])
    assert asdict(Cost(**second)) == second
    assert first["starting"] > second["starting"]
    # In order of magnitude, on a machine that may be busy: of the rule of thumb, and of what was measured.
    taken = second["seconds"] + second["starting"]
    assert 0.1 < taken / Rates().seconds(JOB, 2000) < 10
    assert 0.2 < taken / foretold < 5


def test_costs_of_a_gpu_are_those_of_a_run_that_trains_on_it(tmp_path, times, monkeypatch):
    """They are written under its name and found under it; a run that trains on cores passes them over."""
    times(0.0, 1.0, 2.0, 3.0)
    monkeypatch.setenv("CLAIMS_GPU", "a GPU of this test")
    timer = TrainingTimer(lambda epoch: None, 0)
    for epoch in (500, 1000, 2000):
        timer(epoch)
    append_cost(tmp_path, timer.cost(JOB, compiled=True))
    on_gpu = rates(tmp_path).measured
    monkeypatch.delenv("CLAIMS_GPU")

    assert (1, 0) == (on_gpu, rates(tmp_path).measured)
