"""`python -m lstm_lab report`: the report once more from the observations of a run, without training anything."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lstm_lab.judging import report
from lstm_lab.judging.evidence import Ledger
from lstm_lab.judging.overview import verdict_counts
from lstm_lab.judging.records import EvidenceError

RUNS = Path("evidence/runs")  # where a run keeps its observations, in a file whose name begins with its start


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild a report; the exit status."""
    options = _parser().parse_args(arguments)
    lines, out = options.lines or _newest(RUNS), options.out
    if lines is None:
        return _refuse(f"{RUNS}: got no *.jsonl file, wanted the observations of a run; `pytest claims/` leaves some")
    try:
        found = report.write(Ledger.read(lines), out)
    except FileNotFoundError:
        return _refuse(f"{lines}: got no such file, wanted the observations of a run")
    except (EvidenceError, OSError) as error:
        return _refuse(str(error))
    print(f"{out} written from {lines}: {verdict_counts(found)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lstm_lab", description="The lab without pytest.")
    command = parser.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "report", help="rebuild the report from the observations of a run"
    )
    command.add_argument(
        "lines", type=Path, nargs="?", metavar="LINES.jsonl", help=f"the observations (default: the newest of {RUNS})"
    )
    command.add_argument(
        "--out", type=Path, default=Path("REPORT.md"), metavar="REPORT.md", help="the report (default: %(default)s)"
    )
    return parser


def _newest(folder: Path) -> Path | None:
    """The observations of the run that started last."""
    return max(folder.glob("*.jsonl"), default=None)


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
