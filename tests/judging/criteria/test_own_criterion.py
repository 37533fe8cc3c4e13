"""A criterion written elsewhere against the door of the lab alone: no renderer knows it, and each of them tells it."""

import json
import math
import re
from dataclasses import dataclass

import pytest
from ledgers import RUN, entry, ledger_of, pairs
from told import told as render

from lstm_lab import Criterion, Interval, Judgement, Section, Verdict, at_least, claim, register_criterion
from lstm_lab.judging.criteria import registry
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.report import Report, decidable, finding_line, report_to_json, summary
from lstm_lab.judging.report.html import page

SUMMARY = "treatment is 0.2 to 0.3 ahead of baseline, wanted 0.1"


@dataclass(frozen=True)
class AlwaysAhead(Criterion):
    """Treatment is ahead of baseline by `by` with every single seed."""

    by: float
    kind = "always_ahead"
    judges_pairs = True
    judged_quantity = "difference"
    level = 0.8
    witness_noun = "laggard"

    def decision_thresholds(self, n, declared):
        """Every seed must be ahead."""
        return f"supported if all {n} are ahead by {self.by:g}"

    def summarize(self, judgement):
        """How far ahead."""
        low, high = judgement.interval.low, judgement.interval.high
        return f"treatment is {low:g} to {high:g} ahead of baseline, wanted {self.by:g}"

    @property
    def tie_margin(self):
        """What is not ahead by enough is tied."""
        return self.by

    def region(self):
        """Ahead by so much or more."""
        return self.by, math.inf

    def _demand(self):
        return f"treatment is {self.by:g} ahead throughout"

    def _seeds_needed(self):
        return 1, 1

    def _judge(self, seeds, values, declared):
        differences = [round(treatment - baseline, 9) for treatment, baseline in values]
        behind = [seed for seed, one in zip(seeds, differences, strict=True) if one < self.by]
        return Judgement(
            verdict=Verdict.REFUTED if behind else Verdict.SUPPORTED,
            n=len(seeds),
            interval=Interval(min(differences), max(differences), self.level),
            effect=sum(differences) / len(differences),
            witness=behind[0] if behind else None,
        )


@pytest.fixture(autouse=True)
def registered():
    """The criterion, registered for this test alone."""
    yield register_criterion(AlwaysAhead)
    registry.CRITERIA.pop("always_ahead", None)


@pytest.fixture
def ledger():
    """A run of two claims declared with it, one supported and one refuted."""
    ahead = entry("here/ahead", AlwaysAhead(0.1))
    behind = entry("here/behind", AlwaysAhead(0.25), expect=Verdict.SUPPORTED)
    return ledger_of((ahead, pairs([0.2, 0.3] * 15)), (behind, pairs([0.3, 0.3, 0.2] * 10)))


def test_a_claim_declares_it():
    """The decorator takes it as it takes the six."""

    @claim("here/ahead", "It is ahead.", source=Section("Here"), criterion=AlwaysAhead(0.1))
    def test_ahead(): ...

    assert "always_ahead(by=0.1): treatment is 0.1 ahead throughout" == AlwaysAhead(0.1).describe()


def test_the_ledger_is_judged_and_read_back(ledger, tmp_path):
    """A run written and read again has the same verdicts and is told in the same words."""
    ledger.keep(tmp_path / "run.jsonl")
    ledger.close(RUN)
    read = Ledger.read(tmp_path / "run.jsonl")

    assert [Verdict.SUPPORTED, Verdict.REFUTED] == [one.verdict for one in Report(read).findings]
    assert render(Report(ledger)) == render(Report(read))


def test_the_markdown_tells_it(ledger):
    """Sentence, criterion, table and marks come from the criterion itself."""
    text = render(Report(ledger))

    assert f"**●\u00a0SUPPORTED** `here/ahead`: {SUMMARY}." in text
    assert "- Criterion: `always_ahead(by=0.1)`, treatment is 0.1 ahead throughout" in text
    assert "| – / 30 | +0.2 to +0.3<br>(80 %, difference) | +0.25 |" in text
    assert "`++=++=++=+ " in text


def test_the_page_tells_it(ledger):
    """It is a comparison for the filter; its interval is drawn around the margin, and in figures beside that."""
    html = page.render(Report(ledger))

    assert 2 == html.count('data-kind="pair"')
    assert SUMMARY in html
    assert "First laggard: seed 2, replay with" in re.sub("<[^>]*>", "", html)
    assert (
        '<rect x="75" y="1" width="25" height="10"/><line x1="100" x2="100"' in html
    )  # the margin half way to the end
    assert "(80 %, difference)" in html


def test_the_plots_show_it(ledger):
    """It stands among the paired differences, and not among the rates."""
    (plot,) = Report(ledger).plots

    assert ("paired_differences", ("here/ahead", "here/behind")) == (plot.name, plot.claims)
    assert "here/behind</text>" in plot.svg


def test_the_terminal_tells_it(ledger):
    """What would decide it before the run, and what came of it afterwards."""
    report = Report(ledger)

    assert any(
        "supported if all 30 are ahead by 0.1 (here/ahead)" in one for one in decidable([*ledger.catalogue.values()])
    )
    assert "contradicts the record: here/behind: refuted, interval 0.20 to 0.30, recorded as supported" == finding_line(
        report.findings[1]
    )
    assert ("1 refuted, 1 supported", {}) in list(summary(report, strict=False))


def test_the_json_tells_it(ledger):
    """Its judgement is written with the interval in full."""
    one, _ = json.loads(json.dumps(report_to_json(Report(ledger)), allow_nan=False))["claims"]

    assert {"kind": "always_ahead", "by": 0.1} == one["claim"]["criterion"]
    assert {"low": 0.2, "high": 0.3, "level": 0.8} == one["judgement"]["interval"]


def test_a_name_is_registered_once():
    """The same class again is no mistake, another one of that name is."""
    assert AlwaysAhead is register_criterion(AlwaysAhead)
    with pytest.raises(ValueError, match="criterion at_least: got Other, wanted a name that is not taken"):
        register_criterion(type("Other", (Criterion,), {"kind": "at_least", "__qualname__": "Other"}))


def test_a_criterion_that_nobody_registered_is_named(ledger, tmp_path, monkeypatch):
    """A run that was judged by it cannot be read where it is not known; the line says so."""
    ledger.catalogue["here/rate"] = entry("here/rate", at_least(0.5))
    ledger.keep(tmp_path / "run.jsonl")
    del registry.CRITERIA["always_ahead"]

    with pytest.raises(ValueError, match=r"criterion: got .*'always_ahead'.*, wanted an object of kind always, "):
        Ledger.read(tmp_path / "run.jsonl")
