"""`--lf` and `--ff` for verdicts: a failed verdict selects the tests of all seeds of its claim."""

from __future__ import annotations

from typing import Any

import pytest

from lstm_lab.judging.claims import seed_name

VERDICT = "verdict"  # a verdict is reported as `claims/test_x.py::test_y[verdict]`, of a case as `[case-verdict]`
ADDED = pytest.StashKey[list[Any]]()


def remember_seeds(config: pytest.Config, seeds: int) -> None:
    """Mark the tests behind each verdict that failed last time as failed; to be called before collection."""
    failed = _last_failed(config)
    added = []
    for node in [node for node in failed if str(node).endswith((f"[{VERDICT}]", f"-{VERDICT}]"))]:
        stem = str(node).removesuffix(f"{VERDICT}]")
        for seed in range(seeds):
            # pytest 9.2 has a class for node ids, earlier ones have strings.
            test = f"{stem}{seed_name(seed)}]"
            known = test if isinstance(node, str) else type(node).parse(test)
            if known not in failed:
                failed[known] = True
                added.append(known)
    config.stash[ADDED] = added


def forget_seeds(config: pytest.Config) -> None:
    """Undo `remember_seeds`; to be called after collection, which has used it."""
    failed = _last_failed(config)
    for node in config.stash.get(ADDED, []):
        failed.pop(node, None)


def _last_failed(config: pytest.Config) -> dict[Any, bool]:
    """The node ids that pytest's cache has as failed; empty without its cache."""
    plugin = config.pluginmanager.get_plugin("lfplugin")
    failed: dict[Any, bool] = getattr(plugin, "lastfailed", {})
    return failed
