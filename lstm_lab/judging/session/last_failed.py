"""`--lf` and `--ff` for verdicts: a failed verdict selects the tests of all seeds of its claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from lstm_lab.judging.claims import Seeds, seed_name
from lstm_lab.judging.evidence import Entry

VERDICT = "verdict"  # a verdict is reported as `claims/test_x.py::test_y[verdict]`, of a case as `[case-verdict]`
FIRST_SEEDS = "claims/first_seeds"  # the key in pytest's cache
ADDED = pytest.StashKey[list[Any]]()


def remember_seeds(config: pytest.Config, seeds: Seeds) -> None:
    """Mark the tests behind each verdict that failed last time as failed; to be called before collection."""
    later = {} if seeds.exploring else _first_seeds(config)
    tests = (
        f"{node.removesuffix(f'{VERDICT}]')}{seed_name(seed)}]"
        for node in failed_verdicts(config)
        for first in [later.get(node, seeds.first)]
        for seed in range(first, first + seeds.count)
    )
    config.stash[ADDED] = _add(config, tests)


def forget_seeds(config: pytest.Config) -> None:
    """Undo `remember_seeds`; to be called after collection, which has used it."""
    failed = _last_failed(config)
    for node in config.stash.get(ADDED, []):
        failed.pop(node, None)


def failed_verdicts(config: pytest.Config) -> list[str]:
    """The node ids of the verdicts that failed last time."""
    return [str(node) for node in _last_failed(config) if str(node).endswith((f"[{VERDICT}]", f"-{VERDICT}]"))]


def fail_as_well(config: pytest.Config, verdicts: Iterable[str]) -> None:
    """Let `--lf` measure these again, too: the verdicts on claims that cannot hold together with one that failed."""
    _add(config, verdicts)


def remember_first_seeds(config: pytest.Config, entries: Iterable[Entry]) -> None:
    """Keep where the seeds of these claims begin: `--lf` must know it before it collects their declarations."""
    later = {one.test(VERDICT): one.claim.judged_from for one in entries if one.claim.judged_from is not None}
    cache = getattr(config, "cache", None)
    if cache is not None and later:
        cache.set(FIRST_SEEDS, {**_first_seeds(config), **later})


def _first_seeds(config: pytest.Config) -> dict[str, int]:
    cache = getattr(config, "cache", None)
    return dict(cache.get(FIRST_SEEDS, {})) if cache is not None else {}


def _add(config: pytest.Config, nodes: Iterable[str]) -> list[Any]:
    """Mark these as failed; those are returned that were not."""
    failed = _last_failed(config)
    kind: Any = next((type(node) for node in failed), str)
    # pytest 9.2 has a class for node ids, earlier ones have strings.
    known = [node if kind is str else kind.parse(node) for node in nodes]
    added = [node for node in known if node not in failed]
    failed.update(dict.fromkeys(added, True))
    return added


def _last_failed(config: pytest.Config) -> dict[Any, bool]:
    """The node ids that pytest's cache has as failed; empty without its cache."""
    plugin = config.pluginmanager.get_plugin("lfplugin")
    failed: dict[Any, bool] = getattr(plugin, "lastfailed", {})
    return failed
