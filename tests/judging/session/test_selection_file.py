"""The selection that a worker passes to the controller, of more tests than a list of evidence may have."""

from dataclasses import replace

from ledgers import entry

from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.session.selection import Selection
from lstm_lab.serialization import LONGEST


def test_more_tests_than_a_list_may_have_are_passed_on(tmp_path):
    """Node ids follow from claims and seeds; the file has none, and reads back as the same tests."""
    names, seeds = ("a/one", "a/two", "b/three"), tuple(range(40_000))
    claims = tuple(replace(entry(name, at_least(0.5), asked=len(seeds)), seeds=seeds) for name in names)
    selection = Selection(
        claims[:2], planted=claims[2:], odd_tests={"claims/test_a.py::test_one[x-seed000]": ("a/one", 0)}
    )
    selection.write(tmp_path / "selection.json")
    read = Selection.read(tmp_path / "selection.json")

    assert len(selection.tests) == 3 * len(seeds) + 1 > LONGEST
    assert selection.tests == read.tests
    assert selection.planted_tests == read.planted_tests
    assert ("a/two", 39_999) == read.tests["claims/test_a.py::test_two[seed39999]"]
    assert ("a/one", 0) == read.tests["claims/test_a.py::test_one[x-seed000]"]
    assert {("b/three", seed) for seed in seeds} == set(read.planted_tests.values())
    assert b"test_two[" not in (tmp_path / "selection.json").read_bytes()
