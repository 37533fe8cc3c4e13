"""The README's commands, and what runs them on every change."""

import re
from pathlib import Path

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
    r"\[([A-Z]+)\]\(REPORT\.md#([^)]+)\), (\d+ / \d+)(?:, ([\d.]+ to [\d.]+ %))?(?:, in 2016 ([A-Z]+, \d+ / \d+))?"
)


def test_the_findings_of_the_readme_are_those_of_the_report():
    """Every verdict, number of seeds and interval that the README tells stands in the report's row of that claim."""
    readme, report = ((ROOT / name).read_text() for name in ("README.md", "REPORT.md"))
    chapter = readme.partition("## Ten findings")[2].partition("\n## ")[0]
    findings = [" ".join(one.split()) for one in re.split(r"^\d+\. ", chapter, flags=re.MULTILINE)[1:]]
    rows = {
        anchor: [cell.partition("<br>")[0].strip("●○◐\N{NO-BREAK SPACE}") for cell in rest.split(" | ")]
        for anchor, rest in re.findall(r"^\| \[.*\]\(#(.+?)\)<br>`.+?` \| (.+) \|$", report, flags=re.MULTILINE)
    }

    heads = next(line for line in report.splitlines() if line.startswith("| claim | source"))[2:-2].split(" | ")

    assert 10 == len(findings)
    for finding in findings:
        told = FOUND.findall(finding)
        assert told, finding
        assert finding.count("REPORT.md#") == len(told), finding
        assert finding.count(", in 2016 ") == sum(bool(then) for *_, then in told), finding
        for verdict, anchor, seeds, interval, then in told:
            assert [verdict, seeds, interval or "–"] == rows[anchor][1:4], anchor
            assert not then or then == rows[anchor][heads.index("in 2016") - 1], anchor
