"""The probe runs on Pythons that are not here: what its text may hold, and that it asks what is told in words."""

import ast
import re

from recorded import QUESTIONNAIRE, RECORDINGS

from lstm_lab.semantics.asking import PROBE

TREE = ast.parse(PROBE.read_text(encoding="utf-8"))
NEW = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.AsyncFunctionDef, ast.Starred, ast.Match)


def test_it_is_written_for_python_2_7():
    """Nothing newer, as far as a syntax tree tells; a `Starred` is one in a list, a call or on the left of a `=`."""
    arguments = [one for one in ast.walk(TREE) if isinstance(one, ast.arguments)]
    given = {id(part) for one in ast.walk(TREE) if isinstance(one, ast.Call) for part in one.args}

    assert [] == [one.lineno for one in ast.walk(TREE) if isinstance(one, NEW) and id(one) not in given]
    assert [] == [one for one in arguments if one.kwonlyargs or one.posonlyargs]
    assert [] == [one.arg for some in arguments for one in some.args if one.annotation]
    # After a `*` or `**` in a call, Python 2.7 takes no comma.
    assert [] == re.findall(r"\*\w[\w.]*(?:\(.*\))?,\s*\)", PROBE.read_text())


def test_every_recording_was_asked_the_questions_that_are_told():
    """The same ids in the words and in each recording, which the probe wrote."""
    assert {tuple(sorted(QUESTIONNAIRE.questions))} == {tuple(sorted(one.answers)) for one in RECORDINGS.values()}
