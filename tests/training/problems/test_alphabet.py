"""Problems as arrays: codings, windows, random runs, and the lines said when one cannot be built."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from lstm_lab import ALPHABET, Subsequences, Windows
from lstm_lab.training.errors import ProblemError
from lstm_lab.training.problems.alphabet import codes_of, one_hot
from lstm_lab.training.problems.problem import Problem, rng

LAST_START, LONGEST = 23, 5  # of the published generator: runs begin with A to X and have at most 5 letters


def said(row: np.ndarray, target: np.ndarray) -> tuple[str, str]:
    """The run behind one padded sample and the letter that follows it.

    The padding hides whether a run began with A, so a run is read back from its last letter.
    """
    codes = np.rint(row[:, 0] * len(ALPHABET)).astype(int)
    letters = "".join(ALPHABET[code] for code in codes).lstrip("A")
    return letters, ALPHABET[int(target.argmax())]


def published_runs() -> set[tuple[str, str]]:
    """Every run the published listing can draw, with the letter that follows, as it looks after padding."""
    drawable = set()
    for start in range(LAST_START + 1):
        for end in range(start, min(start + LONGEST, 25)):
            drawable.add((ALPHABET[start : end + 1].lstrip("A"), ALPHABET[end + 1]))
    return drawable


def test_one_letter_windows() -> None:
    """One letter is its code divided by the size of the alphabet; its target is the letter that follows."""
    x, y = Windows(symbols="ABCD").samples(seed=0)[:2]

    assert [[[0.0]], [[0.25]], [[0.5]]] == x.tolist()
    assert [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] == y.tolist()
    assert (np.float32, np.float32) == (x.dtype, y.dtype)


@pytest.mark.parametrize(
    ("framing", "x"),
    [
        ("time_steps", [[[0.0], [0.25]], [[0.25], [0.5]]]),
        ("features", [[[0.0, 0.25]], [[0.25, 0.5]]]),
    ],
)
def test_framings_of_a_window(framing, x) -> None:
    """The same letters are steps of one feature, or one step of several features; the targets are the same."""
    samples = Windows(length=2, framing=framing, symbols="ABCD").samples(seed=0)

    assert x == samples.x.tolist()
    assert [[0, 0, 1, 0], [0, 0, 0, 1]] == samples.y.tolist()


def test_windows_from_a_later_letter() -> None:
    """`first` leaves out the windows before it, so targets can be made those of longer windows."""
    assert Windows(length=3).samples(0).y.tolist() == Windows(length=1, first=2).samples(0).y.tolist()


@pytest.mark.parametrize(("length", "count"), [(1, 25), (3, 23)], ids=["one letter", "three letters"])
def test_windows_of_the_alphabet(length, count) -> None:
    """The alphabet has 25 windows of one letter and 23 of three that a letter follows."""
    assert count == len(Windows(length=length).samples(0).x)


def test_windows_are_the_same_for_every_seed() -> None:
    """A problem that does not vary gives every seed the same samples."""
    one, other = Windows(length=3).samples(1), Windows(length=3).samples(2)

    assert not Windows.varies
    assert (one.x.tobytes(), one.y.tobytes()) == (other.x.tobytes(), other.y.tobytes())


def test_runs_are_those_of_the_published_generator() -> None:
    """Many draws show exactly the runs that the published listing can draw, and no other."""
    x, y = Subsequences(count=8000).samples(seed=7)[:2]

    assert published_runs() == {said(row, target) for row, target in zip(x, y, strict=True)}


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_runs_of_a_seed(seed) -> None:
    """No run begins with Y or holds a Z, each is of consecutive letters, and its target is the next one."""
    x, y = Subsequences().samples(seed)[:2]
    runs = [said(row, target) for row, target in zip(x, y, strict=True)]

    assert (1000, 5, 1) == x.shape
    assert (1000, 26) == y.shape
    assert {0.0, 1.0} == set(np.unique(y))
    assert not [run for run, _ in runs if run.startswith("Y") or "Z" in run]
    assert {0, 1, 2, 3, 4, 5} == {len(run) for run, _ in runs}  # 0: the run "A", which looks like padding
    assert all(run + target in ALPHABET for run, target in runs)


def test_the_first_letter_looks_like_padding() -> None:
    """B and AB are one and the same sample, because the code of A is the padding."""
    problem = Subsequences()

    assert problem.encode("B").tolist() == problem.encode("AB").tolist()
    assert problem.encode("B").tolist() != problem.encode("BC").tolist()


def test_padding_is_on_the_left() -> None:
    """A run shorter than the longest stands at the end of its sample."""
    assert [[0.0], [0.0], [0.25], [0.5]] == Subsequences(longest=4, symbols="ABCD").encode("BC").tolist()


def test_runs_differ_by_seed() -> None:
    """A problem that varies gives every seed samples of its own."""
    problem = Subsequences()

    assert problem.varies
    assert problem.samples(0).x.tobytes() != problem.samples(1).x.tobytes()


def test_samples_are_the_same_in_every_process() -> None:
    """The samples of a seed depend on nothing but the problem and the seed."""
    code = (
        "import hashlib; from lstm_lab import Subsequences; samples = Subsequences().samples(3); "
        "print(hashlib.sha256(samples.x.tobytes() + samples.y.tobytes()).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    x, y = Subsequences().samples(3)[:2]

    assert hashlib.sha256(x.tobytes() + y.tobytes()).hexdigest() == elsewhere


def test_purposes_have_streams_of_their_own() -> None:
    """One seed's random numbers for its data say nothing about those for its order."""
    assert rng(0, "data").random() != rng(0, "order").random()
    assert rng(0, "data").random() == rng(0, "data").random()


def test_one_hot_and_codes() -> None:
    """Letters become their positions, positions become rows of the unit matrix."""
    assert [2, 0] == codes_of("CA", "ABC").tolist()
    assert [[0, 0, 1], [1, 0, 0]] == one_hot(codes_of("CA", "ABC"), 3).tolist()


@pytest.mark.parametrize("problem", [Windows(), Subsequences()], ids=["windows", "runs"])
def test_problems_are_problems(problem) -> None:
    """Every problem has what an experiment asks of one."""
    assert isinstance(problem, Problem)


@pytest.mark.parametrize(
    ("build", "line"),
    [
        (lambda: Windows().encode("a"), f"letters: got 'a', wanted letters of '{ALPHABET}'"),
        (lambda: Windows(length=3).encode("AB"), "window 'AB': got 2 letters, wanted 3"),
        (lambda: Subsequences().encode(""), "run '': got 0 letters, wanted 1 to 5"),
        (lambda: Subsequences().encode("ABCDEF"), "run 'ABCDEF': got 6 letters, wanted 1 to 5"),
        (lambda: Windows(framing="steps"), "framing: got 'steps', wanted 'time_steps' or 'features'"),
        (lambda: Windows(length=26), "length: got 26, wanted 1 to 25 letters"),
        (lambda: Windows(length=0), "length: got 0, wanted 1 to 25 letters"),
        (lambda: Windows(length=3, first=23), "first: got 23, wanted 0 to 22"),
        (lambda: Subsequences(count=0), "count: got 0, wanted at least 1"),
        (lambda: Subsequences(longest=0), "longest: got 0, wanted at least 1 letter"),
        (lambda: Subsequences(symbols="AB"), "symbols: got 'AB', wanted at least 3 letters"),
    ],
    ids=[
        "unknown letter",
        "short window",
        "empty run",
        "long run",
        "unknown framing",
        "window without follower",
        "empty window",
        "no window left",
        "no runs",
        "no letters",
        "no alphabet",
    ],
)
def test_what_cannot_be_built_is_said_in_one_line(build, line) -> None:
    """The line names what, got and wanted."""
    with pytest.raises(ProblemError) as error:
        build()

    assert line == str(error.value)
