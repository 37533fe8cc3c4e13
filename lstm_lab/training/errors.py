"""The errors that `lstm_lab.training` raises; each message is one line: what, got, wanted, what to do."""

from __future__ import annotations


class ProblemError(ValueError):
    """A problem whose arguments are invalid; the message says what, got, wanted."""


class ExperimentError(ValueError):
    """An experiment whose fields are invalid or do not fit each other; the message says what, got, wanted."""


class NetworkError(ValueError):
    """A network that cannot be trained for many seeds at once; the message says what, got, wanted."""


class TrainingProcessError(RuntimeError):
    """The process that trains has ended without an answer; the message says what, got, wanted and what to do."""


class StoreError(OSError):
    """The store cannot be used; the message says what, got, wanted and what to do."""


class Refused(ValueError):
    """A stored file that is not used, and why: it is damaged, or its arrays do not fit its experiment."""


class Diverged(ArithmeticError):
    """A seed whose losses or weights became infinite or NaN; its model cannot be probed."""
