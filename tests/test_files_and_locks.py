"""Files that are seen whole or not at all, and locks that end with their holder."""

import os
import signal
import subprocess
import sys

import pytest

from lstm_lab.files import atomic_path, locked, write_bytes, write_json, write_text

HOLDER = """
import sys
import time
from pathlib import Path

from lstm_lab.files import locked

with locked(Path(sys.argv[1]), wait=True) as mine:
    print(mine, flush=True)
    time.sleep(600)
"""


def test_a_file_is_written_with_its_folder(tmp_path) -> None:
    """Bytes, a text with its line ends as they are, plain values; nothing else is left beside them."""
    folder = tmp_path / "some" / "folder"
    write_bytes(folder / "bytes", b"\x00\r\n")
    write_text(folder / "text", "é\r\n\n")
    write_json(folder / "json", {"one": [1, None]})

    assert [b"\x00\r\n", "é\r\n\n".encode(), b'{"one": [1, null]}'] == [
        (folder / name).read_bytes() for name in ("bytes", "text", "json")
    ]
    assert 3 == len(list(folder.iterdir()))


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "ended"])
def test_a_file_that_fails_halfway_stays_what_it_was(error, tmp_path) -> None:
    """What was there before is there, and nothing half-written."""
    path = tmp_path / "file"
    write_text(path, "before")

    def fail() -> None:
        with atomic_path(path) as unfinished:
            unfinished.write_text("af")
            raise error

    with pytest.raises(type(error)):
        fail()

    assert ["before"] == [one.read_text() for one in tmp_path.iterdir()]


def test_a_lock_is_held_by_one(tmp_path) -> None:
    """Whoever does not wait is refused it while another holds it, and gets it afterwards; the file stays."""
    path = tmp_path / "folder" / "a.lock"
    with locked(path, wait=False) as first, locked(path, wait=False) as second:
        taken = first, second
    with locked(path, wait=True) as again:
        pass

    assert ((True, False), True) == (taken, again)
    assert path.exists()


def test_a_lock_ends_with_its_holder(tmp_path) -> None:
    """The kernel releases it, also of a process that is killed."""
    path = tmp_path / "a.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert "True" == holder.stdout.readline().strip()
        with locked(path, wait=False) as held_elsewhere:
            pass
    finally:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        holder.stdout.close()
    with locked(path, wait=False) as released:
        pass

    assert (False, True) == (held_elsewhere, released)


def test_a_lock_where_nothing_can_be_written_is_an_error(tmp_path) -> None:
    """Not the same as one that is held elsewhere."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotADirectoryError), locked(tmp_path / "file" / "folder" / "a.lock", wait=False):
        pass
