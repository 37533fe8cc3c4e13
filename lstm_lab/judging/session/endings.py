"""The test of a claim cannot end the run: what would end it, perhaps with the exit status of success, is a failure."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator
from typing import Any, NoReturn

import pytest

from lstm_lab.judging.session.exchange import EXCHANGE
from lstm_lab.judging.session.marks import claim_of

LEAVING = ("_exit", "execv", "execve")  # of `os`: they leave this process, or make another one of it, at once


class Endings:
    """The plugin that stands around every phase of a claim's test."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail the test where one of its fixtures would end the run."""
        with self._prevented(item):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail the test where it would end the run."""
        with self._prevented(item):
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail the test where the end of a fixture would end the run."""
        with self._prevented(item):
            return (yield)

    @contextlib.contextmanager
    def _prevented(self, item: pytest.Item) -> Iterator[None]:
        if claim_of(item) is None:
            yield
            return
        # A worker that vanishes is noticed, and its test named; without workers nobody would be left to notice.
        leaving = () if EXCHANGE in item.config.stash else LEAVING
        originals = {name: getattr(os, name) for name in leaving}
        for name, original in originals.items():
            setattr(os, name, _refusing(name, original))
        try:
            yield
        except pytest.exit.Exception as error:
            _fail(f"pytest.exit({error.msg!r})")
        finally:
            for name, original in originals.items():
                setattr(os, name, original)


def _refusing(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """In this process a failure of the test; in a child of it, and for a status that is no success, `original`."""
    process = os.getpid()

    def leave(*arguments: Any, **named: Any) -> Any:
        if os.getpid() == process and (name != "_exit" or not any([*arguments, *named.values()])):
            _fail(f"os.{name}({0 if name == '_exit' else '...'})")
        return original(*arguments, **named)

    return leave


def _fail(call: str) -> NoReturn:
    pytest.fail(f"got {call}, which would end the run, wanted a test that ends by itself", pytrace=False)
