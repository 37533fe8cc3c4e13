"""An experiment that cannot be trained: one line says which and why; tests that do not use it are not affected."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from lstm_lab.training.errors import ExperimentError, NetworkError, ProblemError, StoreError
from lstm_lab.training.experiment.builder import one_line
from lstm_lab.training.experiment.experiment import Experiment

COUNTED = re.compile(r"_\d+(?=/)")  # in paths of variables; Keras counts otherwise in every process


class Untrainable(ExperimentError):
    """An experiment that cannot be trained.

    Attributes:
        why: what was raised when that was tried.
    """

    def __init__(self, experiment: Experiment, why: Exception) -> None:
        ours = isinstance(why, ExperimentError | NetworkError | ProblemError)  # whose messages are complete
        reason = str(why) if ours else one_line(why)
        if isinstance(why, NetworkError):
            reason = COUNTED.sub("", reason)
        super().__init__(f"{experiment.name}: cannot be trained: {reason}")
        self.why = why


@contextlib.contextmanager
def raise_as_untrainable(experiment: Experiment) -> Iterator[None]:
    """Inside, whatever is raised is raised as Untrainable for this experiment, but for errors of the store.

    Raises:
        Untrainable: in place of what was raised.
    """
    try:
        yield
    except (Untrainable, StoreError):
        raise
    except Exception as error:  # problems, builders and Keras may raise anything
        raise Untrainable(experiment, error) from error
