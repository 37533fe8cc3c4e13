"""Evidence that somebody else sent, damaged or forged in any way: read, or refused in one line, within time and memory.

`FUZZ=10000 pytest tests/faults/test_fuzz.py` tries that many files.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import fuzzing

FILES = int(os.environ.get("FUZZ", "300"))


def test_whatever_a_file_says(tmp_path: Path) -> None:
    """No command ends in a traceback, takes long, or lets a text of the file be more than text in what it writes."""
    here = Path(__file__).parent
    folders = os.pathsep.join(map(str, (here.parents[1], here.parent / "judging")))
    done = subprocess.run(
        [sys.executable, fuzzing.__file__, str(tmp_path), "0", str(FILES)],
        env={**os.environ, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        timeout=60 + FILES,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])

    assert [] == told["faults"]
    assert min(told["statuses"].values()) > FILES / 50, told["statuses"]  # each is really met
    assert 3 == len(told["statuses"])
