"""How far each training is, told between processes."""

import json
import os

import pytest

from lstm_lab.training.execution import progress
from lstm_lab.training.execution.progress import Reporter, begin_run, has_begun, remove_leftovers, under_way


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved on."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])

    def moved_on(seconds: float) -> None:
        now[0] += seconds

    return moved_on


def test_a_training_shows_while_it_lasts(tmp_path, clock) -> None:
    """First that it compiles, then how far it is and how long it will take; at its end the file is gone."""
    with Reporter(tmp_path).training("naive", (10, 11, 12), start=0, stop=500) as told:
        compiling = under_way(tmp_path)
        clock(20)
        told(100)
        training = under_way(tmp_path)

    assert ["naive, seeds 10-12: epoch 0 of 500, compiling"] == compiling
    assert ["naive, seeds 10-12: epoch 100 of 500, about 80 s left"] == training
    assert [] == list(tmp_path.iterdir())


def test_a_continued_training_counts_from_its_start(tmp_path, clock) -> None:
    """The time left is judged by the epochs trained now, not by those that were stored."""
    with Reporter(tmp_path).training("naive", (0, 9), start=400, stop=500) as told:
        clock(10)
        told(450)

        assert ["naive, seeds 0-9: epoch 450 of 500, about 10 s left"] == under_way(tmp_path)


def test_progress_is_not_written_at_every_call(tmp_path, clock) -> None:
    """Within half a second nothing new is written, so that telling costs nothing."""
    with Reporter(tmp_path).training("naive", (0,), start=0, stop=500) as told:
        clock(1)
        told(10)
        clock(progress.SECONDS_BETWEEN / 2)
        told(20)
        early = json.loads((tmp_path / f"{os.getpid()}.json").read_text())["epoch"]
        clock(progress.SECONDS_BETWEEN)
        told(30)
        late = json.loads((tmp_path / f"{os.getpid()}.json").read_text())["epoch"]

    assert (10, 30) == (early, late)


def test_a_training_that_fails_leaves_nothing(tmp_path) -> None:
    """An error on the way does not leave a training that seems to go on."""
    with pytest.raises(ArithmeticError), Reporter(tmp_path).training("naive", (0,), start=0, stop=5):
        raise ArithmeticError

    assert [] == list(tmp_path.iterdir())


def test_every_process_has_a_line(tmp_path) -> None:
    """What other processes train shows as well; what is no progress is passed over."""
    line = {"name": "variable", "seeds": [0, 9], "epoch": 1, "epochs": 2, "left": 3.4}
    (tmp_path / "1.json").write_text(json.dumps(line))
    (tmp_path / "2.json").write_text('{"name": "half writ')
    (tmp_path / "3.json").write_text("[1, 2]")
    (tmp_path / "measured.json").write_text(json.dumps({**line, "seeds": "all"}))
    with Reporter(tmp_path).training("naive", (0, 9), start=0, stop=5):
        lines = under_way(tmp_path)

    assert ["naive, seeds 0-9: epoch 0 of 5, compiling", "variable, seeds 0-9: epoch 1 of 2, about 3 s left"] == sorted(
        lines
    )


def test_nobody_need_look(tmp_path) -> None:
    """Without a folder nothing is written; without a folder to read nothing is under way."""
    with Reporter(None).training("naive", (0,), start=0, stop=5) as told:
        told(3)

    assert [] == under_way(tmp_path / "nowhere")


def test_progress_that_cannot_be_written_stops_nothing(tmp_path) -> None:
    """No evidence depends on it, so a folder that cannot be made is passed over."""
    (tmp_path / "file").write_text("in the way")
    with Reporter(tmp_path / "file" / "progress").training("naive", (0,), start=0, stop=5) as told:
        told(5)

    assert "in the way" == (tmp_path / "file").read_text()


def test_what_a_killed_run_left_is_removed_once(tmp_path) -> None:
    """By the first process of a run that trains; not by the others, whose trainings are under way by then."""
    line = json.dumps({"name": "killed", "seeds": [0, 9], "epoch": 1, "epochs": 2, "left": 3.4})
    folder = tmp_path / "progress"
    begin_run(folder, "killed")
    (folder / "123.json").write_text(line)
    before = has_begun(folder, "next"), under_way(folder)
    begin_run(folder, "next")
    between = has_begun(folder, "next"), under_way(folder)
    (folder / "123.json").write_text(line)
    begin_run(folder, "next")

    assert (False, ["killed, seeds 0-9: epoch 1 of 2, about 3 s left"]) == before
    assert (True, []) == between
    assert [] != under_way(folder)


def test_only_files_of_its_own_are_removed(tmp_path) -> None:
    """What else lies in the folder, and what a link leads to, stays; so does all of a folder that is a link itself."""
    folder, elsewhere = tmp_path / "progress", tmp_path / "elsewhere"
    for place in (folder, elsewhere):
        place.mkdir()
        for name in ("123.json", f"{'a' * 20}.note", "plan", "plan.77.tmp", "thesis.txt", "measured.json"):
            (place / name).write_text("mine")
    (folder / "456.json").symlink_to(elsewhere / "thesis.txt")
    (tmp_path / "link").symlink_to(elsewhere)

    remove_leftovers(folder)
    remove_leftovers(tmp_path / "link")

    assert {"456.json", "thesis.txt", "measured.json"} == {path.name for path in folder.iterdir()}
    assert 6 == len(list(elsewhere.iterdir()))
