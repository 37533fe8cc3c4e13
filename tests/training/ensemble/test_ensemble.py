"""What can be asked of trained members, held to ordinary Keras models asked by hand."""

import numpy as np
import pytest
from trained_members import SEEDS, TRAINED, WITHIN, encoded, letters

from lstm_lab import Windows
from lstm_lab.training.ensemble import ensemble
from lstm_lab.training.ensemble.ensemble import Ensemble
from lstm_lab.training.ensemble.mapped_outputs import mapped_predictor
from lstm_lab.training.ensemble.member import Member
from lstm_lab.training.errors import Diverged
from lstm_lab.training.experiment.network import reset_states
from lstm_lab.training.store.output_cache import OutputCache
from lstm_lab.training.store.store import Store

ONE_LETTER = ["stateless", "stateful"]


def test_many_rows_are_given_in_parts(ensemble_of, monkeypatch) -> None:
    """A stateless network answers each row by itself, so the answers do not depend on how many it is given at once."""
    x = ensemble_of("windows").samples.x[0]
    whole = ensemble_of("windows").outputs(x)
    monkeypatch.setattr(ensemble, "MOST_ROWS", 10)

    np.testing.assert_allclose(ensemble_of("windows").outputs(x), whole, rtol=0, atol=1e-6)
    assert (3, 23, 26) == whole.shape


@pytest.mark.parametrize(
    ("name", "windows"),
    [
        ("stateless", ("A", "K", "Y", "A")),
        ("stateful", ("A", "K", "Y", "A")),
        ("windows", ("ABC", "WXY", "QWE", "ZZZ")),
        ("runs", ("B", "AB", "LMNOP", "XY")),
    ],
    ids=["stateless", "stateful", "windows", "runs"],
)
def test_answers(name, windows, ensemble_of, asked) -> None:
    """The answer to each window is the most probable letter of the Keras model, asked in the same order."""
    for seed in SEEDS:
        expected = letters(asked(name, seed, encoded(name, *windows)))

        assert expected == Member.of(ensemble_of(name), seed).answers(*windows)


@pytest.mark.parametrize("name", TRAINED)
def test_outputs(name, ensemble_of, asked) -> None:
    """The outputs for the training set are those of the Keras model, to rounding, for every seed."""
    for seed in SEEDS:
        member = Member.of(ensemble_of(name), seed)
        x = member.samples.x[:25]

        np.testing.assert_allclose(asked(name, seed, x), member.outputs(x), atol=WITHIN)


@pytest.mark.parametrize("name", ONE_LETTER)
def test_cold_start(name, ensemble_of, asked) -> None:
    """A cold start is the first answer after a reset, whatever was asked before."""
    member = Member.of(ensemble_of(name), 1)
    expected = [letters(asked(name, 1, encoded(name, letter))) for letter in "AKY"]

    assert expected == [member.cold_start(letter) for letter in "AKY"]
    assert expected[0] == member.cold_start("A")


def test_warm_up(ensemble_of, asked) -> None:
    """Warming up feeds letter after letter without a reset; the last answer need not be that of a cold start."""
    members = [Member.of(ensemble_of("stateful"), seed) for seed in SEEDS]
    expected = [letters(asked("stateful", seed, encoded("stateful", *"ABCDEFGHIJK"))) for seed in SEEDS]

    assert expected == [member.warm_up("ABCDEFGHIJK") for member in members]
    assert any(member.warm_up("ABCDEFGHIJK")[-1] != member.cold_start("K") for member in members)


@pytest.mark.parametrize("name", ONE_LETTER)
def test_roll_out(name, ensemble_of) -> None:
    """Each answer is fed back as the next letter, with the state carried on."""
    for seed in SEEDS:
        member = Member.of(ensemble_of(name), seed)
        model, said = member.keras_model(batch_size=1), "A"
        reset_states(model)
        for _ in range(8):
            said += letters(model.predict(encoded(name, said[-1]), verbose=0))

        assert said[1:] == member.roll_out("A", 8)


def test_states_after(ensemble_of) -> None:
    """The states after some letters are those of the stateful Keras layer that was fed them one by one."""
    for seed in SEEDS:
        member = Member.of(ensemble_of("stateful"), seed)
        model = member.keras_model()
        model.predict(encoded("stateful", *"ABCD"), batch_size=1, verbose=0)
        kept = [state.numpy() for state in model.layers[0].states]

        assert [(1, 16), (1, 16)] == [state.shape for state in member.states_after("ABCD")]
        for expected, actual in zip(kept, member.states_after("ABCD"), strict=True):
            np.testing.assert_allclose(expected, actual, atol=WITHIN)


@pytest.mark.parametrize("name", ["stateless", "stateful", "windows", "five rows"])
def test_accuracy(name, ensemble_of) -> None:
    """The accuracy on the training set is what `evaluate` says."""
    for seed in SEEDS:
        member = Member.of(ensemble_of(name), seed)
        rows = TRAINED[name].regime.batch_size
        evaluated = member.keras_model().evaluate(*member.samples[:2], batch_size=rows, verbose=0)[1]

        assert evaluated == pytest.approx(member.accuracy, abs=1e-6)
        assert evaluated == member.keras_accuracy


def test_accuracy_of_every_seed_on_its_own_samples(ensemble_of, asked) -> None:
    """Where samples differ by seed, each member is measured on its own."""
    ensemble = ensemble_of("runs")
    expected = []
    for seed in SEEDS:
        x, y = TRAINED["runs"].problem.samples(seed)[:2]
        expected.append((asked("runs", seed, x[:200]).argmax(-1) == y[:200].argmax(-1)).mean())
    hits = ensemble.outputs(ensemble.samples.x[:, :200]).argmax(-1) == ensemble.samples.y[:, :200].argmax(-1)

    assert expected == hits.mean(axis=1).tolist()


def test_accuracy_on_another_problem(ensemble_of, asked) -> None:
    """A member can be measured on samples it was not trained on."""
    other = Windows(length=3, first=15)
    x, y = other.samples(0)[:2]
    expected = (asked("windows", 0, x).argmax(-1) == y.argmax(-1)).mean()

    assert expected == Member.of(ensemble_of("windows"), 0).accuracy_on(other)


PROBES = {
    "accuracy": lambda member: member.accuracy,
    "accuracy on another problem": lambda member: member.accuracy_on(Windows(first=2)),
    "answers": lambda member: member.answers("A", "B"),
    "cold start": lambda member: member.cold_start("K"),
    "warm-up": lambda member: member.warm_up("ABC"),
    "outputs": lambda member: member.outputs(np.zeros((2, 1, 1), np.float32)),
    "states": lambda member: member.states_after("ABC"),
    "roll-out": lambda member: member.roll_out("A", 3),
}


@pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES)
def test_a_probe_is_computed_once_for_all_members(probe, ensemble_of, monkeypatch) -> None:
    """Asking every member, twice, computes a probe as often as asking one member once."""
    calls = []

    def counted(*shape):
        calls.append(shape)
        return mapped_predictor(*shape)

    monkeypatch.setattr("lstm_lab.training.ensemble.ensemble.mapped_predictor", counted)
    ensemble = ensemble_of("stateful")
    for seed in SEEDS + SEEDS:
        probe(Member.of(ensemble, seed))

    assert 1 == len(calls)


HANDED_OUT = {
    "weights": lambda ensemble: Member.of(ensemble, 1).weights[0],
    "losses": lambda ensemble: Member.of(ensemble, 1).losses,
    "samples": lambda ensemble: Member.of(ensemble, 1).samples.x,
    "targets": lambda ensemble: ensemble.samples.y,
    "outputs": lambda ensemble: ensemble.outputs(ensemble.samples.x),
    "outputs of a member": lambda ensemble: Member.of(ensemble, 1).outputs(ensemble.samples.x[1]),
    "states": lambda ensemble: Member.of(ensemble, 1).states_after("ABC")[0],
    "accuracy": lambda ensemble: ensemble.accuracy,
    "moments": lambda ensemble: ensemble.snapshot.moments[-1],
}


@pytest.mark.parametrize("cached", [False, True], ids=["in memory", "on disk"])
@pytest.mark.parametrize("handed_out", HANDED_OUT.values(), ids=HANDED_OUT)
def test_what_is_handed_out_cannot_be_changed_in_place(handed_out, cached, ensemble_of, tmp_path) -> None:
    """Every claim that asks is given the same array: a change raises, and the next who asks sees what there was."""
    ensemble = ensemble_of("stateful")
    ensemble.output_cache = OutputCache(Store(tmp_path / "ensembles"), "stateful", "tiny") if cached else None
    before = handed_out(ensemble_of("stateful")).tobytes()
    for _ in range(2):  # computed, then remembered or read
        with pytest.raises(ValueError, match="read-only"):
            handed_out(ensemble)[...] -= 1

    assert before == handed_out(ensemble).tobytes()


def test_a_diverged_member_has_no_answers(ensemble_of, snapshots) -> None:
    """A member whose loss became NaN raises, naming seed, loss and epoch; the others answer."""
    experiment = TRAINED["stateless"].but(epochs=3, name="poisoned")
    samples = [experiment.problem.samples(seed) for seed in SEEDS]
    samples[1] = samples[1]._replace(x=samples[1].x * np.float32("nan"))
    ensemble = Ensemble(experiment, snapshots(experiment, SEEDS, samples=samples)[-1])

    with pytest.raises(Diverged) as error:
        Member.of(ensemble, 1)

    assert "poisoned, seed 1: the loss became nan in epoch 1" == str(error.value)
    assert [1, 1] == [len(Member.of(ensemble, seed).cold_start("A")) for seed in (0, 2)]


def test_a_member_that_diverged_in_its_last_update_has_no_answers(ensemble_of) -> None:
    """Weights that are not finite raise even where every loss was: the loss is taken before the update."""
    ensemble = ensemble_of("stateless")
    broken = [weights.copy() for weights in ensemble.snapshot.weights]
    broken[0][2] = np.inf
    ensemble.snapshot = ensemble.snapshot.__class__(**{**vars(ensemble.snapshot), "weights": broken})

    with pytest.raises(Diverged) as error:
        Member.of(ensemble, 2)

    assert "naive_one_char, epochs 120, seed 2: its weights are no longer finite" == str(error.value)
    assert isinstance(Member.of(ensemble, 0), Member)


def test_members_know_what_they_are(ensemble_of) -> None:
    """A member has its seed, its samples, its losses and its own part of the weights."""
    ensemble = ensemble_of("runs")
    member = Member.of(ensemble, 2)

    assert (2, TRAINED["runs"]) == (member.seed, member.experiment)
    assert TRAINED["runs"].problem.samples(2).x.tobytes() == member.samples.x.tobytes()
    assert ensemble.snapshot.losses[2].tolist() == member.losses.tolist()
    assert [stacked[2].tobytes() for stacked in ensemble.snapshot.weights] == [w.tobytes() for w in member.weights]


def test_questions_that_do_not_fit_the_rows_are_refused(ensemble_of) -> None:
    """A network that keeps the states of five rows is asked five at a time, unless told otherwise."""
    ensemble = ensemble_of("five rows")
    ensemble.experiment = ensemble.experiment.but(name="five rows")
    line = "five rows: got 2 samples, wanted a multiple of 5, the rows whose states the network keeps"

    with pytest.raises(ValueError, match=line):
        Member.of(ensemble, 0).answers("A", "B")
