"""An experiment that cannot be trained: left out of plans, and told in one line to whoever asks for it."""

import own_builders as own
import pytest

from lstm_lab import Experiment, Network, Regime, Runs, Windows, experiment_of, layer, recurrent_classifier
from lstm_lab.training.errors import StoreError
from lstm_lab.training.execution.progress import notes
from lstm_lab.training.experiment.untrainable import Untrainable, raise_as_untrainable
from lstm_lab.training.planning.jobs import plan_jobs

GOOD = Experiment("good", Windows(symbols="ABCD"), recurrent_classifier(2, 4), Regime(epochs=4))
DENSE = layer("Dense", 4, activation="softmax")


class Targetless(Windows):
    """A problem of one's own that gives no targets."""

    def samples(self, seed):
        """Inputs only."""
        return super().samples(seed)._replace(y=None)


def another_shape(seed):
    """Data of another shape from seed 5 on."""
    return own.X[: 4 if seed < 5 else 3], own.Y[: 4 if seed < 5 else 3]


# What a plan finds out, and what only training does, with the line that tells why.
UNPLANNED = {
    "batch size": (GOOD.but(batch_size=2, name="bad"), "batch_size: got 2 for 3 samples, wanted a divisor of 3"),
    "builder": (
        experiment_of(own.failing, own.X, own.Y, epochs=1, name="bad"),
        "builder failing: RuntimeError: no such layer in this lab",
    ),
    "loss": (
        GOOD.but(network=Network((layer("LSTM", 2), DENSE), loss="no_such"), name="bad"),
        "loss: got 'no_such', wanted the name of a Keras loss",
    ),
    "layer": (
        GOOD.but(network=Network((layer("NoSuch", 2), DENSE)), name="bad"),
        "layer: got 'NoSuch', wanted the ",
    ),
    "classes": (
        GOOD.but(network=recurrent_classifier(2, 5), name="bad"),
        r"network: got 5 outputs for targets of shape \(3, 4\), wanted 4 outputs",
    ),
    "targets": (
        GOOD.but(problem=Targetless(symbols="ABCD"), name="bad"),
        "problem Targetless, seed 0, y: got values of type object, wanted numbers",
    ),
    "setting": (
        GOOD.but(network=Network((layer("LSTM", 2), layer("Dense", 4, activatio="tanh"))), name="bad"),
        "ValueError: Unrecognized keyword arguments passed to Dense: {'activatio': 'tanh'}$",
    ),
    "data": (
        experiment_of(own.plainly, draw=another_shape, epochs=1, name="bad"),
        r"data another_shape: got x \(3, 1, 1\), y \(3, 9\) for seed 5",
    ),
}
UNTRAINED = {
    "lengths": (
        GOOD.but(problem=Runs(count=4, padding="none"), network=recurrent_classifier(2), batch_size=2, name="bad"),
        "batch_size: got 2 for samples of different lengths, wanted 1",
    ),
    "shape": (
        GOOD.but(network=Network((layer("LSTM", 2), DENSE, layer("Reshape", target_shape=[2, 2]))), name="bad"),
        "ValueError: Arguments `target` and `output` must have the same shape",
    ),
    "counted": (
        GOOD.but(network=Network((layer("LSTM", 2), layer("LSTM", 2), DENSE)), name="bad"),
        "ValueError: Input 0 with name 'None' of layer 'lstm' is incompatible",
    ),
}


@pytest.mark.parametrize(("bad", "why"), UNPLANNED.values(), ids=UNPLANNED)
def test_left_out_of_a_plan(bad, why, trainer) -> None:
    """The others are planned as if it were not there; told once for all seeds, in the line that its test gets."""
    told: list[str] = []
    plan = plan_jobs([(experiment, seed) for seed in range(30) for experiment in (bad, GOOD)], told.append)
    with pytest.raises(Untrainable, match=rf"^bad: cannot be trained: {why}") as raised:
        trainer.member(bad, 0)

    assert plan_jobs((GOOD, seed) for seed in range(30)) == plan
    assert [str(raised.value)] == told
    assert 1 == len(told[0].splitlines())


@pytest.mark.parametrize(("bad", "why"), UNTRAINED.values(), ids=UNTRAINED)
def test_left_out_when_the_jobs_of_a_plan_run(bad, why, trainer) -> None:
    """The others are trained; it is tried once, whoever watches sees why, and so does whoever asks for it."""
    plan = plan_jobs([(bad, 0), (GOOD, 0)])
    done = trainer.run_jobs(plan)
    (note,) = notes(trainer.reporter.folder)
    with pytest.raises(Untrainable, match=rf"^bad: cannot be trained: {why}") as raised:
        trainer.member(bad, 3)
    with pytest.raises(Untrainable, match=rf"^by another name: cannot be trained: {why}") as again:
        trainer.member(bad.but(name="by another name"), 7)

    assert 2 == len(plan)
    assert done
    assert 1 == len(trainer.trained)
    assert [str(raised.value)] == note.splitlines()
    assert raised.value.why is again.value.why


def test_an_error_of_the_store_is_not_raised_as_untrainable() -> None:
    """It is raised as it is: no other experiment could be kept either."""
    with pytest.raises(StoreError), raise_as_untrainable(GOOD):
        raise StoreError("no room")
