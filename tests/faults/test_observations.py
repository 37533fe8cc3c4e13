"""Observations that cannot be used never leave the worker that made them: an error of one line, and red."""

import pytest
from laboratory import Laboratory

CLAIM = """
@claim("here/bad-{0}", "x", source=HERE, criterion={1})
def test_bad_{0}(observe):
    observe({2})
"""
HEADER = """
import enum

import numpy as np
from lstm_lab import Section, always, at_least, beats, claim

HERE = Section("Here")
ANSWER = enum.StrEnum("ANSWER", ["YES"])


class Opaque:
    def __repr__(self):
        raise RuntimeError("no words for it")


@claim("here/good", "x", source=HERE, criterion=at_least(0.8))
def test_good(observe):
    observe(True, answer=ANSWER.YES, name=np.str_("B"))
"""
UNUSABLE = {
    "infinite": ("beats()", "np.float32('inf'), against=1", "x: got inf (float), wanted a finite number"),
    "empty": ("at_least(0.8)", "np.array([], bool)", "got an array of shape (0,), wanted True or False"),
    "many": ("at_least(0.8)", "np.array([True, True])", "got an array of shape (2,), wanted True or False"),
    "single": ("at_least(0.8)", "np.array([True])", "got an array of shape (1,), wanted True or False"),
    "apart": (
        "beats()",
        "1e308, against=-1e308",
        "got 1e+308 against -1e+308, wanted numbers whose difference",
    ),
    "huge": ("beats()", "10**400, against=1", "x: got 1000"),
    "half": ("at_least(0.8)", "True, shown='\\ud800'", r"shown: got a text '\ud800' with '\ud800', wanted characters"),
    "halfname": ("at_least(0.8)", "True, **{'\\ud800': 1}", r"got a name '\ud800' with '\ud800', wanted characters"),
    "imaginary": ("beats()", "1j, against=1", "x: got 1j (complex), wanted one number"),
    "text": ("beats()", "'0.5', against=1", "x: got '0.5' (str), wanted one number"),
    "function": ("at_least(0.8)", "True, shown=lambda: 1", "shown: got <function "),
    "figures": ("at_least(0.8)", "True, shown={'a': 1}", "shown: got {'a': 1} (dict), wanted a bool, a number or"),
    "nan": ("at_least(0.8)", "True, shown=np.nan", "shown: got nan (float), wanted a finite number"),
    "opaque": ("at_least(0.8)", "True, shown=Opaque()", "shown: got something unprintable (Opaque), wanted"),
}


def test_unusable_observations(laboratory: Laboratory) -> None:
    """Whatever a test observes, the run ends with one line for it, and with all the evidence that there is."""
    claims = [CLAIM.format(name, criterion, observed) for name, (criterion, observed, _) in UNUSABLE.items()]
    (laboratory.path / "claims" / "conftest.py").write_text("")
    (laboratory.path / "claims" / "test_tiny.py").write_text(HEADER + "".join(claims))

    assert pytest.ExitCode.TESTS_FAILED == laboratory.run()
    plain = {one["claim"]["id"]: one for one in laboratory.outcome()[2]["claims"]}
    assert 6 == len(plain["here/good"]["observations"])
    assert {"answer": "yes", "name": "B"} == plain["here/good"]["observations"][0]["shown"]
    for name, (_, _, line) in UNUSABLE.items():
        bad = plain[f"here/bad-{name}"]
        assert ([], [], "error", list(range(6))) == (
            bad["observations"],
            bad["missing"],
            bad["status"],
            [failure["seed"] for failure in bad["failures"]],
        )
        assert f"claim here/bad-{name}, seed 0: {line}" in bad["failures"][0]["message"].splitlines()[0]
