"""`python -m lstm_lab semantics`: what the Keras at hand does, and where that is not what one was told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lstm_lab.files import file_error
from lstm_lab.semantics.asking import ask
from lstm_lab.semantics.comparison import (
    Difference,
    differences_from_article,
    differences_from_recording,
    told,
    wrapped,
)
from lstm_lab.semantics.questions import Questionnaire
from lstm_lab.semantics.recordings import Recording, RecordingError, nearest, read_recordings
from lstm_lab.text import one_line, pluralized

DATA = Path(__file__).parents[2] / "fixtures" / "semantics"


def main(arguments: Sequence[str]) -> int:
    """Ask, compare and tell; the exit status: 0, 1 where --expect differs, 2 where there is nothing to compare."""
    options = _parser().parse_args(arguments)
    try:
        return _compare(options)
    except (RecordingError, OSError) as error:
        print(one_line(str(error)), file=sys.stderr)
        return 2


def _compare(options: argparse.Namespace) -> int:
    if not (DATA / "questions.json").exists():
        raise RecordingError(f"{DATA}: got no questions.json, wanted a checkout of the project; `pip install -e .`")
    questionnaire = Questionnaire.read(DATA)
    recordings = read_recordings(DATA / "recordings", questionnaire.questions)
    expected = _expected(options.expect, recordings, questionnaire) if options.expect else None
    if options.write:
        _refuse_place(options)
    if options.answers:
        here = Recording.read(options.answers, questionnaire.questions)
    else:
        here = ask(questionnaire.questions, options.python, options.api, options.trainings, options.timeout)
    if options.write:
        here.write(options.write)
    asked = pluralized(len(here.answers), "question")
    print(one_line(f"{here.title}, Python {here.versions['python']}: {asked} asked"))
    software = recordings[questionnaire.software]
    _show(
        f"Other than in the article or, where it says nothing, in its Keras ({software.title})",
        list(differences_from_article(here.answers, questionnaire, software)),
    )
    known = expected or nearest(recordings.values(), here)
    if known is None:
        print(one_line(f"No recording of {here.backend} to compare with."))
        return 0
    different = list(differences_from_recording(here.answers, questionnaire, known))
    notes = ["" if expected else "the nearest recording", known.origin]
    _show(", ".join(filter(None, [f"Other than recorded with {known.title}", *notes])), different)
    for one in here.trainings:
        told_values = ", ".join(f"{name}: {value}" for name, value in sorted(one.items()))
        print(one_line(f"The article's stateful model, {told_values}"))
    return 1 if expected and different else 0


def _show(heading: str, differences: Sequence[Difference]) -> None:
    print(one_line(f"{heading}: {pluralized(len(differences), 'answer')}"))
    print("".join(f"{line}\n" for line in wrapped(told(differences))), end="")


def _expected(wanted: str, recordings: dict[str, Recording], questionnaire: Questionnaire) -> Recording:
    """The recording of this name or path."""
    if wanted in recordings:
        return recordings[wanted]
    if not Path(wanted).exists():
        raise RecordingError(f"--expect: got {wanted}, wanted a file or one of {', '.join(sorted(recordings))}")
    return Recording.read(Path(wanted), questionnaire.questions)


def _refuse_place(options: argparse.Namespace) -> None:
    """Raise where writing would fail, or destroy what is read."""
    error = file_error(options.write)
    read = [Path(one).resolve() for one in (options.answers, options.expect) if one]
    if not error and options.write.resolve() in read:
        error = f"got {options.write}, which is read, wanted another name"
    if not error and options.write.suffix != ".json":
        error = f"got {options.write}, wanted a name that ends in .json"
    if error:
        raise RecordingError(f"--write: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m lstm_lab semantics",
        description="Ask the Keras at hand how it treats states, resets, batch sizes, seeds and names, and tell where "
        "it differs from the article and from the nearest recording.",
    )
    parser.add_argument(
        "--expect",
        metavar="RECORDING",
        help="a file or a name of fixtures/semantics/recordings: exit 1 where it differs",
    )
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument(
        "--answers", type=Path, metavar="FILE", help="what probe.py wrote elsewhere; nothing is asked here"
    )
    whom.add_argument(
        "--python", default=sys.executable, metavar="PATH", help="another interpreter to ask, from 2.7 on"
    )
    parser.add_argument(
        "--api", choices=("keras", "tf_keras", "tf.keras"), default="", help="which Keras (default: the first of these)"
    )
    parser.add_argument(
        "--trainings", type=int, default=0, metavar="N", help="train the article's stateful model, too, with N seeds"
    )
    parser.add_argument(
        "--timeout", type=float, default=1800, metavar="SECONDS", help="give up then (default: %(default)s)"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="keep the answers as a recording")
    return parser
