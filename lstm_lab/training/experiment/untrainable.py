"""The error of an experiment that cannot be trained, in one line; only tests that use the experiment fail."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from lstm_lab.training.errors import ExperimentError, NetworkError, ProblemError, StoreError
from lstm_lab.training.experiment.builder import one_line
from lstm_lab.training.experiment.experiment import Experiment

COUNTED = re.compile(r"_\d+(?=[/'])")  # in names of layers and variables; differs from process to process


class Untrainable(ExperimentError):
    """An experiment that cannot be trained.

    Attributes:
        why: the exception that training it has raised.
    """

    def __init__(self, experiment: Experiment, why: Exception) -> None:
        is_own_error = isinstance(why, ExperimentError | NetworkError | ProblemError)  # their messages are complete
        reason = str(why) if is_own_error else one_line(why)
        if isinstance(why, NetworkError) or not is_own_error:
            reason = COUNTED.sub("", reason)
        super().__init__(f"{experiment.name}: cannot be trained: {reason}")
        self.why = why


@contextlib.contextmanager
def raise_as_untrainable(experiment: Experiment) -> Iterator[None]:
    """A context in which every exception but StoreError is raised as Untrainable for this experiment.

    Raises:
        Untrainable: instead of the exception.
    """
    try:
        yield
    except (Untrainable, StoreError):
        raise
    except Exception as error:  # problems, builders and Keras may raise anything
        raise Untrainable(experiment, error) from error
