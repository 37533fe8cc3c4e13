"""Damaged and forged evidence, the same for the same number, and what the commands that read it make of it.

`python tests/faults/fuzzing.py FOLDER FIRST LAST` works in a process of its own, whose memory is bounded.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
import resource
import shlex
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import drawn
from ledgers import ADA, RUN, STATE, entry, mixed, pairs, record
from markdown_it import MarkdownIt

from lstm_lab.__main__ import main
from lstm_lab.judging.claims.controls import UNTRAINED, Control
from lstm_lab.judging.claims.untested import Untested
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.judgement import Verdict
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.control_results import ControlResult
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Failure

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
MEMORY = 2**30  # bytes that a command may take, beyond what is imported
SECONDS = 20  # that a command may take
SEEDS = 8
FORGED = (
    "x\n\n# FORGED\n\n</pre></script><script>FORGED</script> <img src=x onerror=FORGED> ![FORGED](http://FORGED) | \\| "
    "[FORGED](javascript:FORGED) `<b>FORGED`` \"' onload='FORGED ``` --> &lt;script> *FORGED* </svg> $\\frac$"
)
SIGNS = re.compile(r"<script>FORGED|<img src=[x\"]|href=\"(?:javascript:|http://)FORGED|<em>FORGED|<h1>FORGED")
TEXTS = (
    FORGED, "", " ", "\n", "a/b", "../../x", "/dev/null", "\x00\x1b[31m\x85\u2028\u202e", "\ud800", "\udc80 \udfff",
    "字" * 30, "$", "`", "|", "-", "x" * 3000, "x" * 99_999, "x" * 200_000, "\n" * 5000, "`|" * 9000, "1", "supported",
    "run 1", "run x",
)  # fmt: skip
NUMBERS = (
    0, -0.0, 1, -1, 2, 0.5, 1e308, -1e308, 1.7e308, 5e-324, 1e-17, 1 - 2**-53, 1e150, 2**31, 2**63, 10**15, 10**18,
    3 * 10**9, 10**308, 99_999, 100_000, float("nan"), float("inf"), -float("inf"),
)  # fmt: skip
OTHERS = (None, True, False, [], {}, [[]], [None], {"": None}, {"kind": "always"}, {"kind": []}, [1, "x", None])


def ledger(name: str) -> Ledger:
    """One of two runs with a record of every kind; of some seeds each has evidence that the other has not."""
    one, ahead = name == "one", pairs([0.3, 0.2, 0.0, 0.4, 0.5, 0.1, 0.2, 0.3])
    claims = [
        (entry("a/rate", at_least(0.8), asked=SEEDS, expect=Verdict.SUPPORTED, published="84 %"), mixed(7, SEEDS)),
        (entry("a/beats", beats(0.05), asked=SEEDS, source=STATE, contradicts=("a/rate", "no/where")), ahead),
        (entry("b/equal", equivalent(0.05), asked=SEEDS, docstring="See `a < b`."), ahead[::-1]),
        (entry("b/always", always(), asked=SEEDS, expect=Verdict.SUPPORTED), [True] * 5),
        (entry("c/can", possible(), asked=SEEDS, source=ADA, challenges="b/always"), [False] * SEEDS),
        (entry("c/fails", at_least(0.5), asked=SEEDS, seeds=4, seeds_reason="dear"), [True]),
    ]
    entries = {claim.claim.id: replace(claim, digest="1234") for claim, _ in claims}
    control = ControlResult(UNTRAINED, Verdict.REFUTED, 0, SEEDS, tuple(range(SEEDS)), "1234", ("net",))
    planted = replace(control, control=Control("planted", "a real lift"), verdict=Verdict.SUPPORTED)
    untested = (Untested(STATE, "It is beautiful.", "A matter of taste", 2),)
    made = Ledger(
        entries,
        {"keras": "3", "scipy": "1"},
        SEEDS,
        controls={"a/rate": control},
        planted={"a/beats": planted},
        untested=untested,
    )
    for claim, outcomes in claims:
        record(
            made,
            claim,
            outcomes[: None if one else -1],
            lambda seed: {"accuracy": seed / 7, "answer": "L", "right": seed == 2},
        )
    made.add(Failure("c/fails", 3, "error", "ValueError: no\nmore"))
    made.add_uncollected("claims/test_x.py", "ImportError: no")
    for drawing in (drawn.curves(claims=("a/rate",)), drawn.heatmaps()) if one else ():
        made.add_drawing(drawing)
    if not one:
        made.left_out = ("d/other", "claims/test_y.py")
    made.run, made.partial = replace(RUN, facts={"run 1": ["x"], "processor": ["p"], "n": 3}), "" if one else "a part"
    return made


def written(folder: Path) -> list[Path]:
    """The files of both runs."""
    paths = []
    for name in ("one", "other"):
        made, path = ledger(name), folder / f"{name}.jsonl"
        run, partial = made.run, made.partial
        made.keep(path)
        assert run is not None
        made.close(run, partial)
        paths.append(path)
    return paths


# Damage to bytes, to lines, and to the values in a line


def damaged(rng: random.Random, content: bytes, other: bytes) -> bytes:
    """The content of a file after one to three damages; `other` is that of another file."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        damage: Callable[..., bytes] = rng.choices((_bytes, _lines, _values), (2, 2, 6))[0]
        content = damage(rng, content, other)
    return content


def _bytes(rng: random.Random, content: bytes, _: bytes) -> bytes:
    start = rng.randrange(len(content) + 1)
    end = min(len(content), start + rng.choice((0, 1, 1, 10, 1000)))
    new = rng.choice((b"", rng.randbytes(end - start or 1), b"\n", b"\r", b"\x00" * 9, b'"', b"9" * 5000, b"[" * 9999))
    return rng.choice(
        (content[:start] + new + content[end:], content[:start], content[start:], content + content[start:end])
    )


def _lines(rng: random.Random, content: bytes, other: bytes) -> bytes:
    lines = content.split(b"\n")
    one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(6):
        case 0:
            del lines[one]
        case 1:
            lines.insert(two, lines[one])
        case 2:
            lines[one], lines[two] = lines[two], lines[one]
        case 3:
            lines += other.split(b"\n")
        case 4:
            lines[one] += lines[two]
        case 5:
            lines[one:one] = [lines[one]] * 300
    return b"\n".join(lines)


def _values(rng: random.Random, content: bytes, _: bytes) -> bytes:
    lines = content.split(b"\n")
    number = rng.choice((0, rng.randrange(len(lines)), rng.randrange(len(lines))))
    try:
        plain = json.loads(lines[number])
    except (ValueError, RecursionError):  # it is damaged already
        return content
    places = list(_places([plain]))
    holder, key = rng.choice(places)
    _replace(rng, holder, key)
    # The ends of nests are written here: Python does not write so many levels.
    lines[number] = json.dumps(plain).replace('"NESTED"', "[" * 900 + "]" * 900).encode()
    return b"\n".join(lines)


def _places(plain: Any) -> Iterator[tuple[Any, Any]]:
    """Every value inside `plain`, by what holds it and the key there."""
    for key in range(len(plain)) if isinstance(plain, list) else list(plain):
        yield plain, key
        if isinstance(plain[key], list | dict):
            yield from _places(plain[key])


def _replace(rng: random.Random, holder: Any, key: Any) -> None:
    """Put another value there: most often one of the same type, which reading may not refuse."""
    old, kind = holder[key], rng.random()
    if kind < 0.1:
        del holder[key]
    elif kind < 0.2 and isinstance(holder, dict):
        holder[rng.choice(TEXTS)] = holder.pop(key)
    elif kind < 0.3 and isinstance(old, list):
        holder[key] = rng.choice((old * 2, old[:1], old[::-1], [], old * 500 if len(old) < 50 else old))
    elif kind < 0.8 and isinstance(old, str):
        holder[key] = rng.choice(TEXTS)
    elif kind < 0.8 and isinstance(old, int | float):
        holder[key] = rng.choice(NUMBERS)
    else:
        holder[key] = rng.choice((*TEXTS, *NUMBERS, *OTHERS, "NESTED"))


# Commands


def commands(folder: Path, number: int) -> list[list[str]]:
    """The commands that read the damaged file of this number, which is made; the last one reads what was written."""
    rng = random.Random(number)
    files = [folder / "one.jsonl", folder / "other.jsonl"]
    sound, spoiled = rng.sample(files, 2)
    bad, new = folder / "bad.jsonl", folder / "new.jsonl"
    bad.write_bytes(damaged(rng, spoiled.read_bytes(), sound.read_bytes()))
    pair = list(map(str, rng.choice(((bad, sound), (sound, bad), (bad, spoiled)))))
    return rng.choice(
        (
            [["report", str(bad), "--out", str(folder / "REPORT.md")]],
            [["report", str(bad), "--out", str(folder / "REPORT.md")]],
            [["diff", *pair]],
            [["merge", *pair, "--out", str(new)], ["report", str(new), "--out", str(folder / "REPORT.md")]],
            [["merge", "--first-counts", *pair, "--out", str(new)], ["diff", str(new), str(sound)]],
            [["merge", "--side-by-side", *pair, "--out", str(folder / "SIDE.md")]],
        )
    )


def fault(arguments: list[str]) -> tuple[int, str]:
    """The exit status of a command, and what is wrong with how it ended, "" where nothing is."""
    out, told = io.StringIO(), io.StringIO()
    signal.alarm(SECONDS)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told), warnings.catch_warnings():
            warnings.simplefilter("error")
            status = main(arguments)
    except BaseException:
        return 1, traceback.format_exc()
    finally:
        signal.alarm(0)
    lines = told.getvalue().splitlines()
    if status == 2 and (len(lines) != 1 or not lines[0].strip() or len(lines[0]) > 1000 or out.getvalue()):
        return status, f"wanted one line, got {lines!r:.400}"
    if status not in ((0,) if arguments[0] == "report" or "--side-by-side" in arguments else (0, 1)) and status != 2:
        return status, f"got the status {status}"
    if status != 2 and arguments[0] != "merge" and lines:
        return status, f"wanted no line, got {lines!r:.400}"
    for path in (arguments[-1], arguments[-1].replace("REPORT.md", "report.html")) if status == 0 else ():
        text = Path(path).read_text(encoding="utf-8") if path.endswith(("md", "html")) else ""
        sign = re.search(SIGNS, MARKDOWN.render(text.replace("![", "[")) if path.endswith("md") else text)
        if sign is not None:
            return status, f"{path}: got {sign[0]!r}, which is no text"
    return status, ""


def _too_long(*_: object) -> None:
    raise TimeoutError(f"took more than {SECONDS} s")


def work(folder: Path, first: int, last: int) -> None:
    """Run the commands of these numbers, and print each fault and how often each status was met, as JSON."""
    written(folder)
    main(["report", str(folder / "one.jsonl"), "--out", str(folder / "REPORT.md")])  # imports what is imported late
    main(["merge", *map(str, (folder / "one.jsonl", folder / "other.jsonl")), "--out", str(folder / "new.jsonl")])
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY,) * 2)
    signal.signal(signal.SIGALRM, _too_long)
    statuses, faults = {0: 0, 1: 0, 2: 0}, []
    for number in range(first, last):
        for arguments in commands(folder, number):
            status, wrong = fault(arguments)
            statuses[status] = statuses.get(status, 0) + 1
            if wrong:
                faults.append(f"{number}: {shlex.join(arguments)}: {wrong}")
            if status == 2:
                break
    print(json.dumps({"statuses": statuses, "faults": faults}))


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
