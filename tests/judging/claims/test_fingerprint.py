"""The fingerprint of a claim changes with all code that measures it, wherever in the project that stands."""

import pytest

CLAIM = """
@claim("here/{0}", "It holds.", source=HERE, criterion={2})
def test_{0}({1}observe):
    observe({3})
"""
CLAIMS = {
    "helped": ("", "at_least(0.8)", "helped(1) > 0"),
    "late": ("", "at_least(0.8)", "True)\n    from late import lately\n    print(lately()"),
    "fixture": ("measured, ", "at_least(0.8)", "measured"),
    "case": ("probe, ", "at_least(0.8), cases=[case(probe=probes.probed)]", "probe()"),
    "judged": ("", "Often(0.5)", "True"),
    "alone": ("", "at_least(0.8)", "LIMIT > 0"),
}
HEADER = """
import probes
from criterion import Often
from lstm_lab import case
from helping import helped as helping_out

LIMIT = 1
"""
MODULES = {
    "helping": "from deep import DEPTH\n\ndef helped(size):\n    return size + DEPTH\n\ndef other():\n    return 2\n",
    "deep": "DEPTH = 1\nWIDTH = 3\n",
    "late": "def lately():\n    return True\n",
    "probes": "def probed():\n    return True\n",
    "criterion": """
from dataclasses import dataclass

from lstm_lab import register_criterion
from lstm_lab.judging.criteria.rates import AtLeast


@register_criterion
@dataclass(frozen=True)
class Often(AtLeast):
    kind = "often"

    def weight(self):
        return 1
""",
    "claims/conftest": "import pytest\n\n@pytest.fixture\ndef measured():\n    return True\n",
    "conftest": 'pytest_plugins = ["lstm_lab.judging.session.plugin", "criterion"]\n',
}
CHANGES = {
    "what it names": ("helping", "return size", "return 1 + size", {"helped"}),
    "what that names": ("deep", "DEPTH = 1", "DEPTH = 2", {"helped"}),
    "what is named beside": ("helping", "return 2", "return 3", set()),
    "a constant beside": ("deep", "WIDTH = 3", "WIDTH = 4", set()),
    "a late import": ("late", "return True", "return 1 > 0", {"late"}),
    "a fixture elsewhere": ("claims/conftest", "return True", "return 1 > 0", {"fixture"}),
    "a function of a case": ("probes", "return True", "return 1 > 0", {"case"}),
    "a criterion": ("criterion", "return 1", "return 2", {"judged"}),
    "a comment": ("helping", "def helped", "# It helps.\ndef helped", set()),
}


@pytest.fixture
def digests(suite):
    """The digest of each claim, as a run of now has it."""
    for name, text in MODULES.items():
        path = suite.path / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    body = "".join(CLAIM.format(name, *filling) for name, filling in CLAIMS.items())
    suite.write("here", HEADER + body.replace("helped(1)", "helping_out(1)"))

    def measure():
        run = suite.run("-k", "seed000")
        assert pytest.ExitCode.OK == run.ret, run.stdout.str()
        entries = suite.records("header")[0]["catalogue"]
        for path in (suite.path / "evidence/runs").iterdir():
            path.unlink()
        return {entry["claim"]["id"].removeprefix("here/"): entry["digest"] for entry in entries}

    return measure


def test_code_that_a_claim_refers_to_is_part_of_its_fingerprint(suite, digests):
    """Directly or through other code: what changed changes the fingerprint, what stands beside it does not."""
    before = digests()
    assert CLAIMS.keys() == before.keys()
    changed = {}
    for name, (module, old, new, _) in CHANGES.items():
        path = suite.path / f"{module}.py"
        path.write_text(MODULES[module].replace(old, new))
        after = digests()
        changed[name] = {claim for claim in before if before[claim] != after[claim]}
        path.write_text(MODULES[module])

    assert {name: expected for name, (_, _, _, expected) in CHANGES.items()} == changed
    assert before == digests()


def test_control_of_a_changed_helper_is_not_shown(planted):
    """What untrained models showed by another measure is nothing that this claim has shown."""
    suite = planted(
        "from helping import epochs_of\n" + CLAIM.format("helped", "naive, ", "at_least(0.8)", "epochs_of(naive) > 0")
    )
    (suite.path / "helping.py").write_text("def epochs_of(member):\n    return member.epochs\n")
    assert pytest.ExitCode.OK == suite.run("--control").ret
    suite.run()
    can_fail = "- Can fail: yes; with the initial weights instead of the trained ones it is refuted, 0 of 30 seeds"
    assert can_fail in suite.report
    (suite.path / "helping.py").write_text("def epochs_of(member):\n    return member.epochs + 1\n")
    suite.run()

    assert "- Can fail: not shown; " in suite.report
