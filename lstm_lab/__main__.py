"""`python -m lstm_lab`: reports, comparison and merging of the observations of runs, without training anything.

`semantics` asks the Keras at hand, and comes before all imports that a Keras does not need.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lab.files import file_error, write_text
from lstm_lab.text import one_line, pluralized

if TYPE_CHECKING:
    from lstm_lab.judging.evidence import Ledger

MOST_TOLD = 1000  # characters of a line
SEMANTICS = "semantics"
RUNS = Path("evidence/runs")  # where runs write their observations, each to a file named by its start


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0, 1 where runs differ, 2 where something cannot be read or written."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] == SEMANTICS:
        from lstm_lab.semantics.command import main as semantics

        return semantics(arguments[1:])
    options = _parser().parse_args(arguments)
    from lstm_lab.judging.evidence import EvidenceError

    try:
        status: int = options.command(options)
        return status
    except FileNotFoundError as error:
        return _refuse(f"{error.filename}: got no such file, wanted the observations of a run")
    except OSError as error:
        return _refuse(f"{error.filename}: cannot be used ({error.strerror})" if error.filename else str(error))
    except EvidenceError as error:
        return _refuse(str(error))


def _report(options: argparse.Namespace) -> int:
    """Rebuild the report of a run."""
    from lstm_lab.judging.evidence import Ledger
    from lstm_lab.judging.report import Report, page_of, path_error, report_name, verdict_counts, write

    lines: Path | None = options.lines or _newest(RUNS)
    # The folders of the evidence of a run are the two above its observations.
    kept = [lines, *lines.resolve().parents[:2]] if lines else []
    error = path_error(options.out, kept) if options.out else ""
    if error:
        return _refuse(f"--out: {error}")
    if lines is None:
        return _refuse(f"{RUNS}: got no *.jsonl file, wanted the observations of a run; `pytest claims/` leaves some")
    report = Report(Ledger.read(lines))
    out: Path = options.out or Path(report_name(report.ledger.edition, exploring=report.ledger.exploring))
    if error := path_error(out, kept):
        return _refuse(f"{error}; name another one with --out")
    for trouble in write(report, out, _root(report.ledger, lines)):
        print(trouble, file=sys.stderr)
    print(f"{out} and {page_of(out)} written from {lines}: {verdict_counts(report.findings)}")
    return 0


def _diff(options: argparse.Namespace) -> int:
    """Print how two runs differ."""
    from lstm_lab.judging.evidence import Ledger
    from lstm_lab.judging.runs import differences

    lines = list(differences(Ledger.read(options.first), Ledger.read(options.second)))
    print("\n".join(map(one_line, lines)) or "no difference: the same verdicts from the same observations")
    return 1 if lines else 0


def _merge(options: argparse.Namespace) -> int:
    """Merge several runs, or write their verdicts side by side."""
    from lstm_lab.judging.evidence import Ledger
    from lstm_lab.judging.runs import Source, compare_side_by_side, merge

    paths: list[Path] = options.lines
    same = next((path for path in paths if sum(path.resolve() == other.resolve() for other in paths) > 1), None)
    if same is not None or len(paths) < 2:
        return _refuse(
            f"merge: got {f'{same} twice' if same else 'one file'}, wanted the observations of two runs or more"
        )
    default = Path("SIDE_BY_SIDE.md" if options.side_by_side else "merged.jsonl")
    out: Path = options.out or default
    if out.resolve() in {path.resolve() for path in paths}:
        return _refuse(f"--out {out}: got one of the runs that are merged, wanted another name")
    if out.suffix != default.suffix:
        return _refuse(f"--out: got {out}, wanted a name that ends in {default.suffix}, as {default}")
    if file_error(out):
        return _refuse(f"--out: {file_error(out)}")
    same_names = len({path.name for path in paths}) < len(paths)  # then the runs are named by their paths
    sources = [Source(str(path) if same_names else path.name, Ledger.read(path)) for path in paths]
    if options.side_by_side:
        write_text(out, compare_side_by_side(sources))
        print(f"{out} written: {len(paths)} runs side by side")
        return 0
    merged = merge.merge(sources, first_counts=options.first_counts)
    merge.write(merged.ledger, out)
    for line in (*merged.refused, *merged.notes):
        print(one_line(line)[:MOST_TOLD], file=sys.stderr)
    counts = f"{len(merged.ledger.observations)} observations of {pluralized(len(merged.ledger.catalogue), 'claim')}"
    print(f"{out} written: {counts} from {len(paths)} runs; `python -m lstm_lab report {out}` judges them")
    return 1 if merged.refused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lstm_lab", description="The lab without pytest.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    rebuild = commands.add_parser("report", help="rebuild the report from the observations of a run")
    rebuild.set_defaults(command=_report)
    rebuild.add_argument(
        "lines", type=Path, nargs="?", metavar="LINES.jsonl", help=f"the observations (default: the newest of {RUNS})"
    )
    rebuild.add_argument(
        "--out", type=Path, metavar="REPORT.md", help="the report (default: REPORT.md, REPORT-2016.md of that edition)"
    )
    compare = commands.add_parser("diff", help="tell which verdicts and observations of two runs differ")
    compare.set_defaults(command=_diff)
    for name, which in (("first", "one"), ("second", "the other")):
        compare.add_argument(name, type=Path, metavar=f"{name.upper()}.jsonl", help=f"observations of {which} run")
    unite = commands.add_parser(
        "merge", help="unite the observations of several runs or machines, or set them in a table"
    )
    unite.set_defaults(command=_merge)
    unite.add_argument("lines", type=Path, nargs="+", metavar="LINES.jsonl", help="the observations of each run")
    unite.add_argument(
        "--out", type=Path, metavar="PATH", help="what is written (default: merged.jsonl or SIDE_BY_SIDE.md)"
    )
    unite.add_argument(
        "--first-counts",
        action="store_true",
        help="where runs observed other things with the same seed, take the first file's (otherwise: no verdict)",
    )
    unite.add_argument(
        "--side-by-side", action="store_true", help="unite nothing: one table of the verdicts of each run"
    )
    commands.add_parser(SEMANTICS, add_help=False, help="ask the Keras at hand what it does, and tell where it differs")
    return parser


def _newest(folder: Path) -> Path | None:
    """The observations of the run that started last."""
    return max(folder.glob("*.jsonl"), default=None)


def _root(ledger: Ledger, lines: Path) -> Path | None:
    """The root of the project of a run: the folder from which its tests are there; None where that is not known."""
    tests = [entry.node.partition("::")[0] for entry in ledger.catalogue.values()]
    folders = (Path.cwd(), *lines.resolve().parents)
    return next((folder for folder in folders if any(os.path.isfile(folder / test) for test in tests)), None)


def _refuse(line: str) -> int:
    print(one_line(line)[:MOST_TOLD], file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
