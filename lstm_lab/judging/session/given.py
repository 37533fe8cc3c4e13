"""What other plugins give the controller, in the stash of the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from lstm_lab.judging.evidence import Entry, YourKeras

SOFTWARE = pytest.StashKey[str]()  # whose defaults the edition of the run has
# From the claims of the run, what other installations of Keras do; raises EvidenceError.
YOUR_KERAS = pytest.StashKey[Callable[[Iterable[Entry]], YourKeras]]()
