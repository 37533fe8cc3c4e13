"""The training process: it calls functions for this process, in a Python whose Keras computes with JAX.

Keras computes with one backend in each process. The one in which claims are measured asks Keras on TensorFlow.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Literal

from lstm_lab import machine
from lstm_lab.training.compiled.environment import training_environment
from lstm_lab.training.errors import TrainingProcessError

Progress = Callable[[int], None]
# What the training process answers: the epoch that it has reached, the result of a function, the error it has raised.
Kind = Literal["progress", "result", "error"]


class TrainingProcess:
    """A process of this one, started by the first call; it ends with this process.

    Attributes:
        seconds: of processor time that it had used when it last answered.
        programs: number of programs that it had compiled by then.
    """

    def __init__(self, *, gpu: bool = False) -> None:
        """A process that computes on a GPU, or on one core; it is not started yet."""
        self.gpu = gpu
        self.seconds = 0.0
        self.programs = 0
        self._process: Any = None
        self._connection: Connection | None = None

    def call(self, function: str, *arguments: Any, progress: Progress | None = None) -> Any:
        """The result of a function in the training process; its exceptions are raised here.

        Raises TrainingProcessError where the process ends without an answer.

        Args:
            function: its module and name, `package.module:name`.
            arguments: its arguments, which are pickled.
            progress: called with each epoch that it reaches; where given, the function gets a function of an epoch as
                its last argument.
        """
        request = pickle.dumps((function, arguments, progress is not None))
        connection = self._started()
        try:
            connection.send_bytes(request)
            while True:
                kind, content, self.seconds, self.programs = connection.recv()
                if kind != "progress":
                    break
                if progress is not None:
                    progress(content)
        except (EOFError, OSError) as error:
            code = self.end()
            raise TrainingProcessError(
                f"training process: got no answer, it has ended with status {code}; wanted trained weights; "
                "run again, with fewer workers where memory is short"
            ) from error
        except BaseException:  # an answer that nobody reads would be taken for that of the next call
            self.end()
            raise
        if kind == "error":
            raise content
        return content

    def end(self) -> int | None:
        """End the process; returns its status. The next call starts another one."""
        process, self._process = self._process, None
        if process is None:
            return None
        if self._connection is not None:
            self._connection.close()
        process.join(0.5)
        if process.is_alive():
            process.kill()
            process.join()
        status: int | None = process.exitcode
        return status

    def _started(self) -> Connection:
        """The connection to the process, which is started where there is none."""
        if self._process is None or self._connection is None:
            context = multiprocessing.get_context("spawn")  # a fork of a process with threads may deadlock
            self._connection, its_end = context.Pipe()
            self._process = context.Process(target=serve, args=(its_end,), daemon=True)
            with _variables(training_environment(gpu=self.gpu)):
                self._process.start()
            its_end.close()  # so that `recv` raises EOFError when the process ends
        return self._connection


def training_process() -> TrainingProcess:
    """The training process of this process, on the device of this run."""
    return _on_device(gpu=bool(machine.gpu()))


@functools.cache
def _on_device(*, gpu: bool) -> TrainingProcess:
    return TrainingProcess(gpu=gpu)


def find_gpu() -> str:
    """The name of the GPU that JAX finds. Raises where it finds none."""
    process = TrainingProcess(gpu=True)
    try:
        name: str = process.call("lstm_lab.training.compiled.program:gpu_name")
        return name
    finally:
        process.end()


@contextlib.contextmanager
def _variables(variables: dict[str, str | None]) -> Iterator[None]:
    """A context with these variables in the environment, which a process that is started in it inherits."""
    before = {name: os.environ.get(name) for name in variables}
    _set(variables)
    try:
        yield
    finally:
        _set(before)


def _set(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def serve(connection: Connection) -> None:
    """In the training process: answer calls until the other end is closed."""
    obey_parent()

    def answer(kind: Kind, content: Any) -> None:
        from lstm_lab.training.compiled import program

        connection.send((kind, content, time.process_time(), program.compiled_programs()))

    with contextlib.suppress(EOFError, OSError):
        while True:
            function, arguments, tells_progress = connection.recv()
            try:
                module, _, name = function.partition(":")
                called = getattr(importlib.import_module(module), name)
                further = (functools.partial(answer, "progress"),) if tells_progress else ()
                result = called(*arguments, *further)
            except Exception as error:  # builders and Keras may raise anything
                answer("error", _picklable(error))
            else:
                answer("result", result)


def _picklable(error: Exception) -> Exception:
    """The error; one of the same text where it cannot be pickled."""
    try:
        return error if isinstance(pickle.loads(pickle.dumps(error)), type(error)) else RuntimeError(str(error))
    except Exception:  # classes of errors may need anything
        return RuntimeError(f"{type(error).__name__}: {error}")


def obey_parent() -> None:
    """In a subprocess: leave Ctrl-C to the parent, which receives it too, and end when the parent has been killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
