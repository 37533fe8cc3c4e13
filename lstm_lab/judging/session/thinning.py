"""With `--claim`, one test of each claim that is not asked for: 1,000 seeds of one claim are not those of all.

What a claim challenges is measured too, and its file may come first, so its seeds are collected once all claims are
known.
"""

from __future__ import annotations

from collections.abc import Collection

import pytest

from lstm_lab.judging.claims import Claim
from lstm_lab.judging.session.collection import INVENTORY
from lstm_lab.judging.session.marks import claim_of
from lstm_lab.judging.session.selection import challenged, matching


def seeds_to_collect(config: pytest.Config, claim: Claim, seeds: range) -> range:
    """The seeds with which a claim is collected: `seeds`, or the first of them where the claim is not asked for."""
    inventory = config.stash[INVENTORY]
    if not _may_thin(config) or claim.id in inventory.in_full or matching([claim.id], config.option.claim):
        return seeds
    return seeds[:1]


def collect_challenged(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Collect the other seeds of the claims that those asked for challenge; changes `items`."""
    inventory = config.stash[INVENTORY]
    if not _may_thin(config) or inventory.control:
        return
    asked = matching(inventory.entries, config.option.claim)
    inventory.in_full = {*challenged(inventory, asked)} - {*asked}
    items[:] = [one for item in items for one in (item, *_other_seeds(item, inventory.in_full))]


def _may_thin(config: pytest.Config) -> bool:
    """Not where tests are named one by one, or where those that failed last time are wanted: any seed may be meant."""
    named = any("::" in argument for argument in config.args)
    return bool(config.option.claim) and not named and not config.getoption("lf", False)


def _other_seeds(item: pytest.Item, in_full: Collection[str]) -> list[pytest.Item]:
    """The tests of the further seeds, where a test with the first seed is of one of these claims."""
    claim = claim_of(item)
    if claim is None or claim.id not in in_full or not isinstance(item, pytest.Function):
        return []
    collector, name = item.parent, item.originalname
    assert isinstance(collector, pytest.Module | pytest.Class)
    tests = item.ihook.pytest_pycollect_makeitem(collector=collector, name=name, obj=getattr(collector.obj, name))
    others = [one for one in tests if one.nodeid != item.nodeid and getattr(claim_of(one), "id", None) == claim.id]
    for one in others:
        one.ihook.pytest_itemcollected(item=one)
    collector.ihook.pytest_collectreport(report=pytest.CollectReport(collector.nodeid, "passed", None, others))
    return others
