"""The README's commands, and what runs them on every change."""

import json
import re
from pathlib import Path

from lstm_lab.text import percent_interval

ROOT = Path(__file__).parent.parent
THERE = """
from lstm_lab import Section, always, claim


@claim("stateful/k-predicts-b", "What the example challenges.", source=Section("Here"), criterion=always())
def test_k_predicts_b(observe):
    observe(True)
"""


def test_ci_runs_the_commands_of_the_readme():
    """Every step of the README's two commands is a step of `.ci/run`, to the letter but for what the dev extra adds."""
    blocks = re.findall(r"```sh\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    ci = (ROOT / ".ci/run").read_text()
    steps = {step.strip() for block in blocks for step in block.split("&&")}

    assert 2 == len(blocks)
    assert [] == [step for step in sorted(steps) if step not in ci and not step.endswith("-e .")]


def test_the_example_claim_of_the_readme_is_collected(pytester, monkeypatch):
    """The README's example is a valid claim that challenges one which is there."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    source = re.search(r"```python\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL).group(1)
    pytester.makeconftest(
        'pytest_plugins = ["lstm_lab.judging.session.plugin", "lstm_lab.suite.plugin", "fixtures.models"]'
    )
    pytester.makepyfile(test_my_doubt=source, test_there=THERE)

    listed = pytester.runpytest_subprocess("--list-claims")

    listed.stdout.fnmatch_lines(["my-doubt/k-predicts-l *"])
    assert 0 == listed.ret


FOUND = re.compile(
    r"\[([A-Z]+)\]\(report/[\w-]+\.md#([^)]+)\), (\d+ / \d+)(?:, ([\d.]+ to [\d.]+ %))?"
    r"(?:, in 2016 ([A-Z]+, \d+ / \d+))?"
)


def passes(judged: dict) -> str:
    """The seeds that hold, of how many."""
    return f"{judged['passes']} / {judged['n']}"


def test_the_findings_of_the_readme_are_those_of_the_report():
    """Every verdict, number of seeds and interval that the README tells is that of the claim in the report's data."""
    readme = (ROOT / "README.md").read_text()
    chapter = readme.partition("## Ten findings")[2].partition("\n## ")[0]
    findings = [" ".join(one.split()) for one in re.split(r"^\d+\. ", chapter, flags=re.MULTILINE)[1:]]
    claims = {
        one["id"].replace("/", "--"): one for one in json.loads((ROOT / "report/data.json").read_text())["claims"]
    }

    assert 10 == len(findings)
    for finding in findings:
        told = FOUND.findall(finding)
        assert told, finding
        assert finding.count("](report/") == len(told), finding
        assert finding.count(", in 2016 ") == sum(bool(then) for *_, then in told), finding
        for verdict, anchor, seeds, interval, then in told:
            claim = claims[anchor]
            judged, known = claim["interval"], claim["editions"].get("2016")
            assert [verdict.lower(), seeds] == [claim["verdict"], passes(claim)], anchor
            assert interval == (percent_interval(judged["low"], judged["high"]) if judged else ""), anchor
            assert not then or then == f"{known['verdict'].upper()}, {passes(known)}", anchor
