"""Every error of the training wing; each message is one line: what, got, wanted, what to do."""

from __future__ import annotations


class ProblemError(ValueError):
    """A problem that cannot be built as asked; the message says what, got, wanted."""


class ExperimentError(ValueError):
    """An experiment that cannot be trained as declared; the message says what, got, wanted."""


class NetworkError(ValueError):
    """A network that cannot be trained for many seeds at once; the message says what, got, wanted."""


class StoreError(OSError):
    """The store cannot be used; the message says what, got, wanted and what to do."""


class Refused(ValueError):
    """A stored file that is not used, and why: it is damaged, or holds what its experiment does not leave behind."""


class Diverged(ArithmeticError):
    """A seed whose training left the finite numbers; it has no answers."""
