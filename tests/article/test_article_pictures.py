"""The pictures of the article's models, gathered from small models like them."""

import re
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from fixtures import experiments, kept, pictures
from fixtures.kept import Kept
from fixtures.pictures import Gallery
from lstm_lab import ALPHABET, Experiment, Regime, Windows, recurrent_classifier
from lstm_lab.judging.drawings import SHARES, drawing_from_json
from lstm_lab.training.plan import block_of
from lstm_lab.training.progress import Reporter
from lstm_lab.training.store import Store
from lstm_lab.training.trainer import Trainer

ROOT = Path(__file__).parents[2]
CLAIMS = frozenset(pictures.LEARNING_CLAIMS + pictures.WARM_UP_CLAIMS + pictures.PATH_CLAIMS)
SEEDS = 4

STATELESS = Experiment("small", Windows(length=1), recurrent_classifier(3), Regime(epochs=4, shuffle="never"))
LONGER = STATELESS.but(epochs=9, checkpoints=(6,))
STATEFUL = Experiment(
    "small, stateful",
    Windows(length=1),
    recurrent_classifier(4, stateful=True),
    Regime(epochs=5, shuffle="never", reset="each_epoch"),
)


@pytest.fixture(scope="module")
def trainer(tmp_path_factory):
    """What has trained a block of each small experiment, and the longer training of one of them."""
    folder = tmp_path_factory.mktemp("kept")
    trainer = Trainer(Store(folder / "ensembles"), Reporter(folder / "progress"))
    for experiment in (LONGER, STATELESS, STATEFUL):
        trainer.ensemble(experiment, block_of(experiment, 0))
    return trainer


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """The small experiments in place of the article's."""
    monkeypatch.setattr(kept, "experiments", SimpleNamespace(LONGER=LONGER, STATEFUL=STATEFUL))
    monkeypatch.setattr(pictures, "MODELS", {STATELESS: "stateless", STATEFUL: "stateful"})
    monkeypatch.setattr(pictures, "STATEFUL", {STATEFUL: "4 units"})


@pytest.fixture
def gallery(trainer):
    """The pictures of that store."""
    return Gallery(Kept(trainer.store, SEEDS), CLAIMS)


def losses(trainer, experiment):
    """The losses of the seeds shown, (SEEDS, epochs)."""
    return trainer.ensemble(experiment, block_of(experiment, 0)).snapshot.losses[:SEEDS]


def test_learning_curves_are_the_quantiles_of_the_losses_that_are_kept(gallery, trainer):
    """To the last epoch at which claims look, of the seeds of the run alone."""
    stateless, stateful = gallery.learning_curves().panels
    told = losses(trainer, LONGER)
    wanted = np.quantile(told, [share / 100 for share in SHARES], axis=0)

    assert ("stateless (4 seeds)", "stateful (4 seeds)") == (stateless.title, stateful.title)
    assert tuple(range(1, 10)) == stateless.x
    np.testing.assert_allclose(stateless.lines[0].quantiles, wanted, rtol=1e-3)


def test_marks_say_where_the_article_stops_and_where_claims_look(gallery, trainer):
    """Three points of one training; the article's own and the last one tell the median accuracy."""
    marks = gallery.learning_curves().panels[0].marks
    accuracy = [np.median(trainer.ensemble(one, block_of(one, 0)).accuracy[:SEEDS]) for one in (STATELESS, LONGER)]

    assert [(4, True), (6, False), (9, False)] == [(mark.x, mark.main) for mark in marks]
    assert [f"{100 * accuracy[0]:.0f} %", "", f"{100 * accuracy[1]:.0f} %"] == [mark.text for mark in marks]
    assert marks[0].y == pytest.approx(np.median(losses(trainer, LONGER)[:, 3]), rel=1e-3)


def test_warm_up_shows_what_members_answer(gallery, trainer):
    """Each field is the share of seeds whose member, warmed up letter by letter, gives that answer."""
    right, counted = gallery.warm_up().panels
    members = [trainer.member(STATEFUL, seed) for seed in range(SEEDS)]

    for asked, warmed in ((0, 0), (10, 0), (10, 4), (10, 10), (24, 24), (24, 1)):
        fed = ALPHABET[asked - warmed : asked + 1]
        answers = [member.warm_up(fed)[-1] for member in members]
        assert np.mean([one == ALPHABET[asked + 1] for one in answers]) == pytest.approx(right.shares[asked][warmed])
        assert np.mean([one == ALPHABET[warmed + 1] for one in answers]) == pytest.approx(counted.shares[asked][warmed])
    assert (None, tuple(ALPHABET[:25])) == (right.shares[3][4], right.rows)


def test_caption_counts_what_lies_off_the_edge(gallery):
    """The two shares in the caption are the means of all fields but those warmed up from A."""
    drawing = gallery.warm_up()
    means = [
        np.mean([panel.shares[asked][warmed] for asked in range(25) for warmed in range(asked)])
        for panel in drawing.panels
    ]
    told = re.search(r"of all answers ([\d.]+) % are the next letter and ([\d.]+) % those of a count", drawing.caption)

    assert [float(one) for one in told.groups()] == pytest.approx([100 * one for one in means], abs=0.06)


def test_path_is_measured_between_states_of_the_members(gallery, trainer):
    """At K and three letters on: from the state of the pass at that letter, and after as many letters."""
    same_letter, same_count = gallery.path_of_the_state().panels[0].lines
    members = [trainer.member(STATEFUL, seed) for seed in range(SEEDS)]

    def state(member, fed):
        return np.concatenate([one.ravel() for one in member.states_after(fed)])

    for place, last in ((0, 10), (3, 13)):
        wanted = {"letter": [], "count": []}
        for member in members:
            passed = [state(member, ALPHABET[: count + 1]) for count in range(25)]
            apart = [np.linalg.norm(passed[j] - passed[i]) for i in range(25) for j in range(i + 1, 25)]
            cold = state(member, ALPHABET[10 : last + 1])
            wanted["letter"].append(np.linalg.norm(cold - passed[last]) / np.median(apart))
            wanted["count"].append(np.linalg.norm(cold - passed[place]) / np.median(apart))
        assert np.median(wanted["letter"]) == pytest.approx(same_letter.quantiles[2][place], rel=2e-3)
        assert np.median(wanted["count"]) == pytest.approx(same_count.quantiles[2][place], rel=2e-3)
    assert tuple(ALPHABET[10:25]) == gallery.path_of_the_state().panels[0].names


def test_gathered_twice_is_the_same_and_survives_json(gallery):
    """The numbers depend on the store alone."""
    for gather in gallery.pictures().values():
        drawing = gather()
        assert drawing == gather() == drawing_from_json(drawing.to_json())


def test_what_is_not_kept_is_left_out_and_nothing_is_trained(trainer):
    """Seeds beyond the trained block: no panel, no picture, and no new file of an ensemble."""
    before = sorted(trainer.store.folder.glob("*.npz"))
    gallery = Gallery(Kept(trainer.store, 11), CLAIMS)

    assert [None, None, None] == [gather() for gather in gallery.pictures().values()]
    assert before == sorted(trainer.store.folder.glob("*.npz"))


def test_ensemble_that_another_process_is_training_is_waited_for(trainer):
    """The picture does not depend on which process comes first: it is gathered when the training has ended."""
    gallery = Gallery(Kept(trainer.store, 11), CLAIMS)
    gathering = threading.Thread(target=gallery.learning_curves, daemon=True)
    with trainer.store.lock(STATELESS, block_of(STATELESS, 10), wait=False) as mine:
        gathering.start()
        gathering.join(0.5)
        assert mine
        assert gathering.is_alive()
    gathering.join(60)

    assert not gathering.is_alive()


def test_store_that_is_not_there_is_not_made(tmp_path):
    """A run without any trained model leaves no folder for them."""
    gallery = Gallery(Kept(Store(tmp_path / "ensembles"), SEEDS), CLAIMS)

    assert [None, None, None] == [gather() for gather in gallery.pictures().values()]
    assert [] == list(tmp_path.iterdir())


def test_pictures_of_other_claims_are_not_gathered(trainer):
    """A run of one claim gathers the pictures that belong to it."""
    gallery = Gallery(Kept(trainer.store, SEEDS), frozenset({"stateful/k-predicts-b", "intro/plagues-all-rnns"}))

    assert ["warm-up", "path of the state"] == list(gallery.pictures())
    assert ("stateful/k-predicts-b",) == gallery.pictures()["warm-up"]().claims
    assert {} == Gallery(Kept(trainer.store, SEEDS), frozenset({"intro/plagues-all-rnns"})).pictures()


def test_pictures_belong_to_claims_that_exist():
    """Each id is declared in a claim file."""
    declared = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "claims").glob("test_*.py")))

    assert [] == [claim for claim in sorted(CLAIMS) if f'"{claim}"' not in declared]


def test_the_articles_models_are_those_of_its_sections():
    """The seven of the listings, and among their stops the milestones at which claims look."""
    seven = {
        experiments.NAIVE_ONE_CHAR: (500, 5000),
        experiments.THREE_CHAR_FEATURES: (500, 2000),
        experiments.WITHIN_BATCH: (200, 5000),
        experiments.STATEFUL_ONE_CHAR: (300, 300),
    }
    stops = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kept, "experiments", experiments)
        for experiment in seven:
            stops[experiment] = kept._looked_at(experiment)

    for experiment, (some, last) in seven.items():
        assert some in stops[experiment]
        assert last == max(stops[experiment])
