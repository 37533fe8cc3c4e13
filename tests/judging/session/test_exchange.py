"""Facts: numbers are added, lists are joined, files are never half-written."""

import json

import pytest

from lstm_lab.files import write_json
from lstm_lab.judging.evidence.run_facts import add_facts


def test_numbers_are_added_and_lists_joined():
    """Name by name, whatever was known before."""
    total = {}
    add_facts(total, {"trained": 1, "refused": ["a"], "minutes": 0.5})
    add_facts(total, {"trained": 2, "refused": ("b",), "loaded": 0})

    assert {"trained": 3, "refused": ["a", "b"], "minutes": 0.5, "loaded": 0} == total


def test_facts_are_not_shared_with_the_caller():
    """A list that its teller goes on filling is not joined behind the back of the total."""
    refused, total = ["a"], {}
    add_facts(total, {"refused": refused})
    refused.append("b")

    assert {"refused": ["a"]} == total


def test_json_replaces_a_file_whole(tmp_path):
    """What cannot be written leaves the old file; what can leaves nothing else behind."""
    path = tmp_path / "facts.json"
    write_json(path, {"trained": 1})
    with pytest.raises(TypeError):
        write_json(path, {"trained": object()})

    assert {"trained": 1} == json.loads(path.read_text())
    assert [path] == list(tmp_path.iterdir())
