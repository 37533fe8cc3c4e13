"""No claim vanishes: what a file declares is collected, or told as left out, or the run is red."""

import pytest

GOOD = """
@claim("here/holds", "It holds.", source=HERE, criterion=at_least(0.8), expect="supported")
def test_holds(observe):
    observe(True)
"""
OTHER = GOOD.replace("here/holds", "there/is-wrong").replace("observe(True)", "observe(False)")
LOST = "claim there/is-wrong: declared, but no test of it collected, wanted a function test_* *"
SKIPPED = "claims/test_b.py: skipped as a whole (*), wanted its claims: they would be missing"

VANISHING = {
    "a skipped file": ("import pytest\npytest.skip('later', allow_module_level=True)\n" + OTHER, SKIPPED),
    "a package that is not there": ("import pytest\npytest.importorskip('no_such_package')\n" + OTHER, SKIPPED),
    "a file that breaks off": (OTHER + "\n\nimport no_such_package\n", "E   ModuleNotFoundError: *"),
    "a file that skips the rest": (OTHER + "\n\nimport pytest\npytest.importorskip('no_such_package')\n", SKIPPED),
    "two of one name": (OTHER + OTHER.replace("there/is-wrong", "there/second"), LOST),
    "two on one test": (
        OTHER.replace("def ", '@claim("there/second", "x", source=HERE, criterion=always())\ndef '),
        LOST,
    ),
    "a helper": (OTHER.replace("test_holds", "holds"), LOST),
    "a nested function": ("def outer():\n" + OTHER.replace("\n", "\n    ") + "\n\nouter()\n", LOST),
    "a class that is no test": ("class Holds:" + OTHER.replace("\n", "\n    ").replace("(obs", "(self, obs"), LOST),
    "a test case": (
        "import unittest\n\nclass TestIt(unittest.TestCase):"
        + OTHER.replace("\n", "\n    ").replace("(observe)", "(self, observe=print)"),
        LOST,
    ),
    "no test at all": ('claim("there/is-wrong", "x", source=HERE, criterion=always())\n', LOST),
    "a family": (
        OTHER.replace("criterion", 'cases=[case(), case("two")], criterion').replace("def test_", "def ")
        + "\n\ndef test_nothing(): pass\n",
        LOST,
    ),
}


@pytest.mark.parametrize(("body", "line"), VANISHING.values(), ids=VANISHING)
def test_claim_that_pytest_does_not_collect_is_red(suite, body, line):
    """One line names the claim and where it stands."""
    suite.write("a", GOOD)
    suite.write("b", "from lstm_lab import case\n" + body)
    run = suite.run()

    assert pytest.ExitCode.INTERRUPTED == run.ret
    assert 1 == run.parseoutcomes()["errors"]
    run.stdout.fnmatch_lines(["*ERROR collecting claims/test_b.py*", line])


def test_with_workers_the_other_claims_are_measured(suite):
    """The report names what is missing, once, whatever the number of workers."""
    suite.write("a", GOOD)
    suite.write("b", VANISHING["a skipped file"][0])
    suite.write("c", OTHER.replace("test_holds", "holds"))
    run = suite.run("-n2", "--seeds", "17")

    assert pytest.ExitCode.TESTS_FAILED == run.ret
    assert {"passed": 18, "errors": 2} == run.parseoutcomes()
    assert {"claims/test_b.py", "claims/test_c.py"} == {path for path, _ in suite.records("uncollected")}
    assert "there/is-wrong" in suite.report


@pytest.mark.parametrize(
    ("name", "body", "line"),
    [
        ("more", OTHER, "claims/more.py: got a claim in a file that is not collected, wanted a name like test_*.py*"),
        (
            "more",
            OTHER.replace("@claim", "@said").replace("\n", "\nfrom lstm_lab import claim as said\n", 1),
            "*more.py: *",
        ),
        ("conftest", OTHER, LOST),
    ],
)
def test_claims_of_a_file_that_is_no_test_are_red(suite, name, body, line):
    """Of a file that pytest never imports, or for another purpose."""
    suite.write("a", GOOD)
    suite.write("b", body)
    (suite.path / "claims" / "test_b.py").rename(suite.path / "claims" / f"{name}.py")
    run = suite.run()

    assert pytest.ExitCode.INTERRUPTED == run.ret
    run.stdout.fnmatch_lines([line])


@pytest.mark.parametrize(
    ("option", "line"),
    [
        ("python_functions=check_*", LOST),
        ("python_files=test_a.py", "claims/test_b.py: got a claim in a file that is not collected, *"),
        ("python_classes=Check*", LOST),
    ],
)
def test_settings_that_collect_less_are_red(suite, option, line):
    """What they leave out would be missing from a run that looks whole."""
    suite.write("a", GOOD)
    suite.write("b", "class TestIt:" + OTHER.replace("\n", "\n    ").replace("(observe)", "(self, observe)"))
    run = suite.run("-o", option)

    assert pytest.ExitCode.INTERRUPTED == run.ret
    run.stdout.fnmatch_lines([line])


@pytest.mark.parametrize(
    ("conftest", "arguments", "partial"),
    [
        ("", ("--ignore-glob=*b.py",), "1 of 2 claim files selected"),
        ("", ("--deselect=claims/test_b.py",), "1 of 2 claims selected"),
        ('collect_ignore = ["test_b.py"]', (), "1 of 2 claim files selected"),
        ("def pytest_collection_modifyitems(items):\n    del items[59:]", (), "59 of 60 observations selected"),
    ],
)
def test_what_is_left_out_is_told(suite, conftest, arguments, partial):
    """By an option or by a setting of the folder: the run is not whole, and says so."""
    suite.write("a", GOOD)
    suite.write("b", OTHER)
    (suite.path / "claims" / "conftest.py").write_text(conftest)
    run = suite.run(*arguments)

    assert partial == suite.ledger[-1]["partial"]
    run.stdout.fnmatch_lines([f"partial run ({partial}): verdicts are not compared with the record"])


def test_claims_of_another_class_are_left_out(suite):
    """Of a file whose test of one class is named, pytest collects no other class: the run is partial, not wrong."""
    classes = (
        f"class Test{name}:" + body.replace("\n", "\n    ").replace("(obs", "(self, obs")
        for name, body in (("A", GOOD), ("B", OTHER))
    )
    suite.write("a", "\n\n".join(classes))
    run = suite.run("--seeds", "17", paths=("claims/test_a.py::TestA",))

    assert pytest.ExitCode.OK == run.ret
    assert "1 of 2 claims selected" == suite.ledger[-1]["partial"]
    assert ["there/is-wrong"] == suite.records("header")[0]["left_out"]


def test_files_that_only_speak_of_claims_are_no_matter(suite):
    """Helpers, also such as make claims that are collected, text, and what cannot be read."""
    suite.write("a", "from helping import mine\n" + GOOD.replace("@claim(", "@mine("))
    (suite.path / "claims" / "helping.py").write_text(
        '"""Says @claim("a/b") to you."""\nimport lstm_lab\n\n\ndef mine(*given, **more):\n'
        "    return getattr(lstm_lab, 'claim')(*given, **more)\n"
    )
    (suite.path / "claims" / "draft.py").write_text("@claim(")
    (suite.path / "claims" / "latin.py").write_bytes(b"# claim \xe4")
    run = suite.run("--seeds", "17")

    assert pytest.ExitCode.OK == run.ret, run.stdout.str()
    assert "" == suite.ledger[-1]["partial"]
