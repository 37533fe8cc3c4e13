"""The script that breaks the lab still fits the lab."""

import mutations
import pytest


@pytest.mark.parametrize("mutation", mutations.MUTATIONS.values(), ids=mutations.MUTATIONS)
def test_what_a_mutation_changes_is_there_once(mutation) -> None:
    """Otherwise it would change nothing, or more than it says."""
    assert 1 == (mutations.ROOT / mutation.file).read_text().count(mutation.before)


def test_a_mutation_is_noticed() -> None:
    """One of them for real, from a copy of the project to the failing tests; the script tries them all."""
    assert mutations.noticed(mutations.MUTATIONS["a reset forgotten"])
