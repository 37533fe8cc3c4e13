"""Runs the probe in a process of its own: neither the noise nor the crash of a Keras reaches whoever asks."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lstm_lab.semantics.recordings import Recording, RecordingError
from lstm_lab.text import one_line

PROBE = Path(__file__).with_name("probe.py")
NO_KERAS = 3  # the exit status of the probe where there is no Keras, or no NumPy


def ask(
    questions: Iterable[str], python: str = sys.executable, api: str = "", trainings: int = 0, timeout: float = 1800
) -> Recording:
    """The answers of the Keras of an interpreter. Raises RecordingError where there are none."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "here.json")
        command = [python, str(PROBE), str(out), "--trainings", str(trainings), *(["--api", api] if api else [])]
        try:
            done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
        except OSError as error:
            raise RecordingError(
                f"{python}: cannot be run ({error.strerror}), wanted a Python that has a Keras"
            ) from error
        except subprocess.TimeoutExpired as error:
            last = _last_asked(error.stderr)
            raise RecordingError(
                f"{python}: got no answer{last} after {timeout:.0f} s, wanted all of them; --timeout gives it longer"
            ) from error
        if done.returncode == 0 and out.exists():
            return Recording.read(out, questions)
        said = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        telling = one_line(said[-1])[:300] if said else "it said nothing"
        if done.returncode == NO_KERAS:
            raise RecordingError(f"{python}: {telling}, wanted one; --python names an interpreter that has it")
        raise RecordingError(
            f"{python}: the probe ended with status {done.returncode}{_last_asked(done.stderr)} ({telling}), "
            f"wanted its answers; `{python} {PROBE} OUT.json` shows all that it says"
        )


def _last_asked(errors: bytes | None) -> str:
    """Which question was asked last."""
    asked = re.findall(rb"^asking (\w+)", errors or b"", re.MULTILINE)
    return f" to {asked[-1].decode()}" if asked else ""
