"""The report as a whole."""

import json
import math
import os
import re
import subprocess
import sys
from dataclasses import replace

import drawn
import pytest
from ledgers import REFUTED, RUN, STATE, SUPPORTED, entry, everything, ledger_of, many, mixed, pairs, partial
from markdown_it import MarkdownIt
from told import lost_links, told, written

from lstm_lab.judging.claims.controls import Control
from lstm_lab.judging.claims.source import Link
from lstm_lab.judging.claims.untested import Untested
from lstm_lab.judging.criteria import registry
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.rates import AtLeast, at_least
from lstm_lab.judging.evidence.control_results import ControlResult
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Run
from lstm_lab.judging.evidence.serialization import unstructure
from lstm_lab.judging.report import files
from lstm_lab.judging.report.json import report_to_json
from lstm_lab.judging.report.markdown import FRONT, documents
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import fails_run

RUN_BLOCK = re.compile(r"<!-- run -->.*?<!-- /run -->", re.DOTALL)


def render(ledger):
    """The report of a ledger."""
    return told(Report(ledger))


@pytest.fixture(scope="module")
def everything_told():
    """The report of a run that has everything."""
    return render(everything())


def test_chapters_come_in_their_order(everything_told):
    """The first file leads on; each file of details has the chapters of its subject."""
    texts = documents(Report(everything())).texts
    told = {name: re.findall(r"^##? (.*)$", text, re.MULTILINE) for name, text in texts.items()}

    assert ["The claims and the evidence", "Section by section", "More"] == told.pop(FRONT)
    assert {
        "comment-04": ["Comment 4 and replies", "Comment 4, Bob &lt;b>, 2016-08-24"],
        "comment-12": ["Comment 12 and replies", "Comment 12, Ada, 2016-09-01"],
        "comments": ["Comments"],
        "contradicted": ["What is contradicted", "What contradicts the text", "What contradicts its readers"],
        "how-sure": [
            "How sure",
            "What needs attention",
            "What is not decided",
            "Verdicts that may be chance",
        ],
        "keeping-state-between-batches": ["Keeping State | Between Batches", "The section as a whole"],
        "learning-one-letter-at-a-time": ["Learning One Letter at a Time", "The section as a whole"],
        "pictures": ["All pictures", "Pass rates", "Paired differences"],
        "windows-of-three-letters": ["Windows of Three Letters", "The section as a whole"],
    } == told


def test_header_says_what_the_evidence_depends_on(everything_told):
    """Counts, seeds, the family, the command that repeats it and the versions stand at the top."""
    header = everything_told.partition("<!-- run -->")[0]

    for line in (
        "- 15 claims: 6 supported, 4 refuted, 3 inconclusive, 2 not judged; "
        "some [need attention](report/how-sure.md#what-needs-attention).",
        "- Seeds 0 to 29 for each claim, unless it declares fewer; `always()` takes 5; 1 claim with more.",
        "- Repeat with `pytest claims/ -n auto`.",
        "- Versions: python 3.11.9, tensorflow 2.21.0, keras 3.15.1, numpy 2.3.1, scipy 1.17.1.",
    ):
        assert line in header.splitlines()
    assert "Of 6 decided verdicts 4 survive the strict correction" in header


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
    for text in documents(Report(make())).texts.values():
        lines = text.splitlines()

        assert [] == [line for line in lines if line != line.rstrip()]
        assert "\n\n\n" not in text
        for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
            assert not line.startswith("#") or (before, after) == ("", "")
            if line.startswith("|") and before.startswith("|"):
                assert len(re.findall(r"(?<!\\)\|", before)) == len(re.findall(r"(?<!\\)\|", line))


def test_every_link_inside_the_report_leads_somewhere(everything_told, tmp_path):
    """Each claim has one anchor, and each link a file that is there, and in it an anchor or a heading of that name."""
    path = tmp_path / "REPORT.md"
    files.write(Report(everything()), path)
    anchors = re.findall(r'<a id="([^"]+)">', everything_told)

    assert 15 == len(anchors) == len(set(anchors))
    assert [] == lost_links([path, *path.with_name("report").glob("*.md")])


def test_report_and_picture_are_written_side_by_side(tmp_path):
    """The report links to the picture in the folder beside it, and nothing unfinished is left."""
    files.write(Report(everything()), tmp_path / "deep" / "REPORT.md")
    text = (tmp_path / "deep" / "REPORT.md").read_text(encoding="utf-8")

    assert "](report/pictures.md)" in text
    assert "](./pass_rates.svg)" in (tmp_path / "deep" / "report" / "pictures.md").read_text(encoding="utf-8")
    assert ["REPORT.md", "report", "report.html"] == sorted(path.name for path in (tmp_path / "deep").iterdir())
    assert [
        *("comment-04.md", "comment-12.md", "comments.md", "contradicted.md", "data.csv", "data.json", "how-sure.md"),
        *("keeping-state-between-batches.md", "learning-one-letter-at-a-time.md", "paired_differences.svg"),
        *("pass_rates.svg", "pictures.md", "windows-of-three-letters.md"),
    ] == sorted(path.name for path in (tmp_path / "deep" / "report").iterdir())


def test_report_that_cannot_be_replaced_leaves_the_old_one(tmp_path, monkeypatch):
    """A write that fails leaves the last report as it was and no temporary file."""
    path = tmp_path / "REPORT.md"
    files.write(Report(partial()), path)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*.*")}

    def refuse(source, target):
        raise PermissionError(target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        files.write(Report(everything()), path)

    assert before == {one: one.read_bytes() for one in tmp_path.rglob("*.*")}


def test_run_without_pass_rates_has_no_picture(tmp_path):
    """Where no claim has a pass rate, an older picture is removed and none is linked."""
    files.write(Report(everything()), tmp_path / "REPORT.md")
    files.write(Report(ledger_of((entry("a/b", beats()), pairs([0.0] * 30)))), tmp_path / "REPORT.md")

    assert not (tmp_path / "report" / "pass_rates.svg").exists()
    assert "No claim of this run has a pass rate." in (tmp_path / "report" / "pictures.md").read_text(encoding="utf-8")


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

    assert "## Verdicts in a picture\n\nHow many.\n\n![" in told(report)


def test_no_text_of_a_run_makes_a_chapter():
    """Versions, the run and its facts are one line each and stay text; so do other texts from a file."""
    nasty = "3.15\n\n```\n\n# FORGED\n\n<b>*FORGED*</b> [FORGED](http://a.org) | `\ud800"
    ledger = everything()
    ledger.versions, ledger.partial = {"keras": nasty, nasty: "1"}, nasty
    ledger.run = Run(nasty, 1.0, nasty, nasty, facts={nasty: 3, "```": [nasty], "lines": [nasty, "x"]})
    ledger.controls = {"state/warm-up": ControlResult(Control("broken", nasty), SUPPORTED, 3, 3, (0, 1, 2), "")}
    ledger.add_drawing(drawn.curves(title=nasty, caption=nasty, claims=("state/warm-up",)))
    texts = documents(Report(ledger)).texts
    pages = [MarkdownIt("commonmark", {"html": True}).enable("table").render(text) for text in texts.values()]

    for plain in pages:
        assert [] == re.findall("<h1>.*FORGED|<b>|<em>FORGED|<a href=.http[^>]*>FORGED", plain)
        assert 1 == plain.count("<h1>")
    assert sum("FORGED" in plain for plain in pages) == 2
    (block,) = RUN_BLOCK.findall(render(ledger))
    assert 12 == len(block.splitlines())


def test_a_link_leads_to_tests_that_are_there(tmp_path):
    """A page that stands elsewhere leads back to the project; to files that are not there nothing leads."""
    (tmp_path / "project" / "claims").mkdir(parents=True)
    (tmp_path / "project" / "claims" / "test_state.py").touch()
    path, ledger = tmp_path / "out here" / "deep" / "Some Report.md", everything()
    ledger.catalogue["state/warm-up"] = replace(ledger.catalogue["state/warm-up"], node="../outside.py::test_x")
    (tmp_path / "outside.py").touch()
    files.write(Report(ledger), path, tmp_path / "project")
    text, page = path.read_text(), path.with_name("some report.html").read_text()
    plain = re.sub("<[^>]*>", "", page)

    target = "../../project/claims/test_state.py"
    assert (path.parent / target).exists()
    assert "Test: claims/test_windows.py:12, repeat" in plain
    assert "Test: ../outside.py:12, repeat" in plain
    assert 'py#L12"' not in page.replace(f'<a href="{target}#L12"><code>claims/test_state.py:12</code></a>', "")
    assert f'<a href="{target}#L12"><code>claims/test_state.py:12</code></a>' in page
    assert "](some%20report/pictures.md)" in text
    assert "[The report](../Some%20Report.md)" in (path.parent / "some report" / "pictures.md").read_text()
    assert [] == lost_links([path, *path.with_name("some report").glob("*.md")])
    files.write(Report(ledger), path)
    assert target not in path.with_name("some report.html").read_text()


def test_a_source_elsewhere(tmp_path):
    """It is a link in Markdown and page, comes last, contradicts no text, and is no part of what is covered."""
    source = Link("https://keras.io/a_(b)?x=1&y=2", "Keras <RNN> *guide*")
    one = entry("docs/state-is-kept", always(), source=source, expect=REFUTED, statement="State is kept.")
    two = entry("here/is-so", always(), source=STATE)
    ledger = ledger_of((one, [False] * 5), (two, [True] * 5), untested=(Untested((STATE,), "x", "y"),))
    ledger.keep(tmp_path / "run.jsonl")
    ledger.close(RUN)
    report = Report(Ledger.read(tmp_path / "run.jsonl"))
    files.write(report, tmp_path / "REPORT.md")
    text, page = written(tmp_path / "REPORT.md"), (tmp_path / "report.html").read_text()

    link = r"[Keras &lt;RNN> \*guide\*](https://keras.io/a_%28b%29?x=1&amp;y=2)"
    assert f"## {link}" in (tmp_path / "report" / "elsewhere.md").read_text().splitlines()
    contradicts = text.partition("## What contradicts the text")[2].partition("\n## ")[0]
    assert "Nothing that the text states is refuted in this run." in contradicts
    assert (
        f"State is kept.](elsewhere.md#docs--state-is-kept) *{link}.*"
        in text.partition("## What contradicts other texts")[2]
    )
    assert ["Keeping State | Between Batches", "Elsewhere"] == [heading for heading, _ in report.sections]
    assert "| Keeping State \\| Between Batches | 1 | 0 | 0 | 1 |" in text
    assert "| all | 1 | 0 | 0 | 1 |" in text
    told = '<a href="https://keras.io/a_%28b%29?x=1&amp;y=2">Keras &lt;RNN&gt; *guide*</a>'
    assert f'<p class="source">{told} · another text states it</p>' in page
    assert '<option value="elsewhere">all other texts</option>' in page
    assert 'data-part="elsewhere link-keras-rnn-guide"' in page
    assert "contradicts the text</option>" not in page
    assert {"kind": "link", "url": source.url, "title": source.title} == report_to_json(report)["claims"][0]["claim"][
        "source"
    ]


class Moody(AtLeast):
    """A criterion that fails where it is told to."""

    kind = "moody"
    fails = ""

    def _judge(self, seeds, values, declared):
        if self.fails == "judge":
            raise ArithmeticError("no\nverdict")
        judgement = super()._judge(seeds, values, declared)
        return replace(judgement, p_value=math.nan) if self.fails == "p-value" else judgement

    def summarize(self, judgement):
        """Its words."""
        if self.fails == "summarize":
            raise KeyError("words")
        return super().summarize(judgement)

    def region(self):
        """Where it wants its interval."""
        if self.fails == "region" and sys._getframe(1).f_code.co_name != "_verdict":
            raise ZeroDivisionError("nowhere")
        return super().region()


@pytest.mark.parametrize(
    ("fails", "told"),
    [
        ("judge", "`cannot be judged: ArithmeticError: no verdict`"),
        ("p-value", "`cannot be judged: ValueError: got the p-value nan, wanted one from 0 to 1`"),
        ("summarize", "`cannot be shown: KeyError: 'words'`"),
        ("region", "`cannot be shown: ZeroDivisionError: nowhere`"),
    ],
)
def test_one_claim_does_not_cost_the_report(fails, told, monkeypatch, tmp_path):
    """Its section says what went wrong and the run is red; all others stand there as they would."""
    monkeypatch.setitem(registry.CRITERIA, "moody", Moody)
    monkeypatch.setattr(Moody, "fails", fails)
    claims = [
        (entry("a/moody", Moody(0.5)), mixed(29)),
        (entry("a/sound", at_least(0.8), expect=SUPPORTED), [True] * 30),
    ]
    report = Report(ledger_of(*claims))
    files.write(report, tmp_path / "REPORT.md")
    text = written(tmp_path / "REPORT.md")

    assert f"- Failed: {told}" in text.splitlines()
    where = "learning-one-letter-at-a-time.md#a--moody"
    assert f"- [`a/moody`]({where}): not judged: of 30 seeds, none counts, the test itself failed: {told}" in text
    assert "**●\u00a0SUPPORTED** `a/sound`: holds with 30 of 30 seeds" in text
    assert [True, False] == [fails_run(finding, strict=False) for finding in report.findings]


@pytest.mark.parametrize("criterion", [beats(), beats(1.0), equivalent(0.1), equivalent(1e308)], ids=str)
@pytest.mark.parametrize(
    "pair",
    [(1e308, -1e308), (-1.7e308, 1.7e308), (10**308, -(10**308)), (1e200, 0.0), (5e-324, 0.0), (1e308, 1e308)],
    ids=str,
)
def test_figures_at_the_end_of_the_floats(criterion, pair, tmp_path):
    """Their differences, means and squares are no floats: the claim has a verdict all the same, and nothing is lost."""
    outcomes = [pair, (pair[0] / 2, pair[1] / 3)] * 15
    ledger = ledger_of((entry("a/b", criterion), outcomes), showing=lambda seed: {"figure": pair[seed % 2]})
    report = Report(ledger)

    assert [] == files.write(report, tmp_path / "REPORT.md")
    assert report.findings[0].judgement is not None
    assert "inf" not in re.sub("<[^>]*>|inferen|infin", "", written(tmp_path / "REPORT.md"))
    json.dumps(report_to_json(report), allow_nan=False)


def test_halves_of_characters(tmp_path):
    """UTF-8 has none: each is shown as a mark, wherever it stands."""
    half = "so\ud800 and \udfff"
    one = entry("a/b", at_least(0.5), statement=half, docstring=half, published=half)
    ledger = ledger_of((one, mixed(20)), showing=lambda seed: {half: half})
    ledger.add_drawing(drawn.curves(title=half, x_label="x", claims=("a/b",)))
    files.write(Report(ledger), tmp_path / "REPORT.md")

    assert "</a>so\N{REPLACEMENT CHARACTER} and \N{REPLACEMENT CHARACTER}" in written(tmp_path / "REPORT.md")
    assert "so\N{REPLACEMENT CHARACTER} and" in (tmp_path / "report.html").read_text()
