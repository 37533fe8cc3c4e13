"""`--fresh` on a laboratory that has everything: all is trained anew, and while it is, lines say how far."""

import os
import re
import shutil
import time
from collections.abc import Iterator

import pytest
import tiny
from laboratory import Laboratory, Undisturbed, furnished

OFTEN = "from lstm_lab.suite import progress_lines\n\nprogress_lines.SECONDS_BETWEEN_LINES = 0.05\n"


@pytest.fixture(scope="module", params=[0, 2], ids=["no workers", "two workers"])
def fresh(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, undisturbed: Undisturbed
) -> Iterator[Laboratory]:
    """The suite after a run with `--fresh` among the ensembles of an earlier one, of the future as the clock says."""
    made = furnished(tmp_path_factory.mktemp("fresh") / "suite")
    (made.path / "claims" / "conftest.py").write_text(tiny.MODELS + OFTEN)
    shutil.copytree(undisturbed.evidence / "ensembles", made.evidence / "ensembles")
    for path in made.store.folder.iterdir():
        os.utime(path, (time.time() + 10**6,) * 2)
    status = made.run("--fresh", workers=request.param)
    assert 0 == status, made.output
    yield made
    made.end()


def test_everything_is_trained_and_nothing_loaded(fresh: Laboratory, undisturbed: Undisturbed) -> None:
    """What was stored is left alone, and the evidence is the same."""
    assert (len(tiny.STOPS), 0) == fresh.models
    assert undisturbed.outcome[2]["claims"] == fresh.outcome()[2]["claims"]


def test_lines_say_how_far_the_trainings_are(fresh: Laboratory) -> None:
    """How many of the plan are done, for how long the run goes on, and what was done in the end; as without workers."""
    line = r"^claims: \d+ % done after \d:\d\d, about [\d.]+ \w+ left; (\d) of 4 trained(.*)$"
    told = re.findall(line, fresh.output, re.M)

    assert told
    assert {int(done) for done, _ in told} <= {0, 1, 2, 3}
    assert all(re.fullmatch(r"(: ((alone|in order|kept|drawn), \d epochs(; )?)+)?", names) for _, names in told)
    assert re.search(rf"^claims: 4 planned trainings and {tiny.TESTS} tests done after \d:\d\d$", fresh.output, re.M)
    assert [] == list((fresh.evidence / "progress").glob("*.json"))


def test_a_later_run_loads_what_it_left(fresh: Laboratory) -> None:
    """What one run has trained anew is stored for the others."""
    assert 0 == fresh.run("--report", "later.md"), fresh.output
    assert (0, 4) == fresh.models
