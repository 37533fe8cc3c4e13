"""The report as a whole."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from ledgers import RUN, entry, everything, ledger_of, many, pairs, partial

from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.serialization import unstructure
from lstm_lab.judging.report import files, markdown
from lstm_lab.judging.report.json import report_to_json
from lstm_lab.judging.report.report import Report

RUN_BLOCK = re.compile(r"<!-- run -->.*?<!-- /run -->", re.DOTALL)


def render(ledger):
    """The report of a ledger."""
    return markdown.render(Report(ledger))


@pytest.fixture(scope="module")
def everything_told():
    """The report of a run that has everything."""
    return render(everything())


def test_chapters_come_in_their_order(everything_told):
    """What contradicts the text comes before the picture, the tables and the claims one by one."""
    assert [
        "What contradicts the text",
        "What needs attention",
        "What is not decided",
        "Pass rates",
        "Paired differences",
        "Section by section",
        "Claim by claim",
    ] == re.findall(r"^## (.*)$", everything_told, re.MULTILINE)


def test_header_says_what_the_evidence_depends_on(everything_told):
    """Counts, seeds, the family, the command that repeats it and the versions stand at the top."""
    header = everything_told.partition("<!-- run -->")[0]

    for line in (
        "- 15 claims: 6 supported, 4 refuted, 3 inconclusive, 2 not judged; "
        "some [need attention](#what-needs-attention).",
        "- Seeds 0 to 29 for each claim, unless it declares fewer; `always()` takes 5; 1 claim with more.",
        "- Repeat with `pytest claims/ -n auto`.",
        "- Versions: python 3.11.9, tensorflow 2.21.0, keras 3.15.1, numpy 2.3.1, scipy 1.17.1.",
    ):
        assert line in header.splitlines()
    assert "(Benjamini-Hochberg, at most 5 % false discoveries): 5 of 6;" in header


def test_another_number_of_seeds_is_part_of_the_command():
    """A run with other than the default seeds is repeated with that number."""
    ledger = everything()
    ledger.default_seeds = 7

    assert "- Repeat with `pytest claims/ -n auto --seeds 7`." in render(ledger)


def test_only_the_run_block_tells_one_run_from_another(everything_told):
    """Clock, wall time, commit, command, workers and models leave every other byte alone."""
    ledger = everything()
    ledger.run = replace(RUN, started="2026-02-03T04:05:06+00:00", seconds=12.0, command="pytest claims", commit="")
    ledger.run = replace(ledger.run, workers=1, models_trained=0, models_loaded=7, facts={})
    other = render(ledger)

    assert everything_told != other
    assert RUN_BLOCK.sub("", everything_told) == RUN_BLOCK.sub("", other)


def test_run_block_is_one_short_block(everything_told):
    """The run block names when, how long, which commit, which command, how many workers and ensembles."""
    (block,) = RUN_BLOCK.findall(everything_told)

    assert [
        "<!-- run -->",
        "```",
        "started    2025-01-02T03:04:05+00:00, took 312 s",
        "commit     abc1234 (modified)",
        "command    pytest claims/ -n auto",
        "workers    2",
        "ensembles  6 trained, 1 loaded",
        "refused    x",
        "```",
        "<!-- /run -->",
    ] == block.splitlines()


def test_evidence_in_another_order_gives_the_same_bytes(everything_told):
    """The order in which workers report leaves no trace."""
    ledger = everything()
    ledger.observations = dict(reversed(ledger.observations.items()))
    ledger.failures.reverse()

    assert everything_told == render(ledger)


def test_partial_run_says_so_in_bold():
    """A partial run is headed by the reason, and no verdict is held against the record."""
    text = render(partial())

    assert "**Partial: 2 of 15 claims selected. No verdict is compared with the record.**" in text.splitlines()
    assert "need attention" not in text
    assert "on record is" not in text


def test_run_that_was_killed_has_a_report():
    """Without a closing record the run block says that the run did not end."""
    ledger = everything()
    ledger.run = None

    assert "<!-- run -->\n```\nthe run did not end\n```\n<!-- /run -->" in render(ledger)


@pytest.mark.parametrize("make", [everything, partial, lambda: many(220), Ledger], ids=["all", "part", "many", "none"])
def test_markdown_is_tidy(make):
    """No trailing space, no two empty lines, each chapter set off, each table row with the columns of its head."""
    lines = render(make()).splitlines()

    assert [] == [line for line in lines if line != line.rstrip()]
    assert "\n\n\n" not in "\n".join(lines)
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        assert not line.startswith("#") or (before, after) == ("", "")
        if line.startswith("|") and before.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", before)) == len(re.findall(r"(?<!\\)\|", line))


def test_every_link_inside_the_report_leads_somewhere(everything_told):
    """Each link to an anchor has one anchor, each claim one section."""
    anchors = re.findall(r'<a id="([^"]+)">', everything_told)
    chapters = [title.lower().replace(" ", "-") for title in re.findall(r"^## (.*)$", everything_told, re.MULTILINE)]

    assert 15 == len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", everything_told)) <= {*anchors, *chapters}


def test_report_and_picture_are_written_side_by_side(tmp_path):
    """The report links to the picture in the folder beside it, and nothing unfinished is left."""
    files.write(Report(everything()), tmp_path / "deep" / "REPORT.md")
    text = (tmp_path / "deep" / "REPORT.md").read_text(encoding="utf-8")

    assert "](report/pass_rates.svg)" in text
    assert ["REPORT.md", "report", "report.html", "report/paired_differences.svg", "report/pass_rates.svg"] == sorted(
        path.relative_to(tmp_path / "deep").as_posix() for path in (tmp_path / "deep").rglob("*")
    )


def test_report_that_cannot_be_replaced_leaves_the_old_one(tmp_path, monkeypatch):
    """A write that fails leaves the last report as it was and no temporary file."""
    path = tmp_path / "REPORT.md"
    files.write(Report(partial()), path)
    before = path.read_text(encoding="utf-8")

    def refuse(source, target):
        raise PermissionError(target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        files.write(Report(everything()), path)

    assert before == path.read_text(encoding="utf-8")
    assert ["REPORT.md", "pass_rates.svg", "report.html"] == sorted(one.name for one in tmp_path.rglob("*.*"))


def test_run_without_pass_rates_has_no_picture(tmp_path):
    """Where no claim has a pass rate, an older picture is removed and none is linked."""
    files.write(Report(everything()), tmp_path / "REPORT.md")
    files.write(Report(ledger_of((entry("a/b", equivalent(0.1)), pairs([0.0] * 30)))), tmp_path / "REPORT.md")

    assert not (tmp_path / "report" / "pass_rates.svg").exists()
    assert "No claim of this run has a pass rate." in (tmp_path / "REPORT.md").read_text(encoding="utf-8")


def test_ledger_from_its_file_gives_the_same_report(tmp_path, everything_told):
    """A report rebuilt from the JSON lines of a run is the report of that run."""
    ledger = everything()
    ledger.keep(tmp_path / "run.jsonl")
    ledger.close(RUN)

    assert everything_told == render(Ledger.read(tmp_path / "run.jsonl"))


def test_json_tells_what_the_report_tells():
    """The JSON twin holds every claim with its verdict, status, numbers, observations and failures."""
    ledger = everything()
    twin = json.loads(json.dumps(report_to_json(Report(ledger)), allow_nan=False))
    claims = {one["claim"]["id"]: one for one in twin["claims"]}

    assert (30, "", unstructure(RUN)) == (twin["seeds"], twin["partial"], twin["run"])
    assert [{"path": "claims/test_broken.py", "message": "ImportError: no module named 'x'"}] == twin["uncollected"]
    assert ("refuted", "as recorded") == tuple(claims["state/few-units-suffice"][key] for key in ("verdict", "status"))
    assert (2, 20, False) == (
        claims["state/few-units-suffice"]["judgement"]["passes"],
        len(claims["state/few-units-suffice"]["observations"]),
        claims["state/k-predicts-b"]["survives"],
    )
    chances = claims["state/k-predicts-b"]
    assert chances["judgement"]["p_value"] < chances["q"] < chances["q_dependent"]
    assert (None, None, "error", 4) == (
        claims["state/fails"]["verdict"],
        claims["state/fails"]["judgement"],
        claims["state/fails"]["status"],
        len(claims["state/fails"]["failures"]),
    )
    assert [25, 26, 27, 28, 29] == claims["state/vanishes"]["missing"]


def test_report_is_imported_without_what_draws_and_trains():
    """Importing the report loads no TensorFlow, Keras, SciPy or Matplotlib: collecting claims never waits for them."""
    heavy = {"tensorflow", "keras", "scipy", "matplotlib"}
    code = f"import sys, lstm_lab.judging.report.markdown; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()" == done.stdout.strip()


def test_every_chapter_of_plots_is_written():
    """Also one that no module of the report names."""
    report = Report(everything())
    plot = replace(report.plots[-1], name="verdicts", caption="How many.", chapter="Verdicts in a picture")
    vars(report)["plots"] = (*report.plots, plot)

    assert "## Verdicts in a picture\n\nHow many.\n\n![" in markdown.render(report)
