"""The chapter on what other versions and backends of Keras do otherwise, and the line of each claim about it."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_lab.judging.evidence import InKeras, YourKeras
from lstm_lab.judging.report.formatting import escaped, inline_code, row

TITLE = "Your Keras"
COMMAND = "python -m lstm_lab semantics"


def chapter(keras: YourKeras) -> Iterator[str]:
    """The table of what differs, in Markdown; nothing where nothing is recorded."""
    if not keras.rows:
        return
    yield (
        f"What a stateful model does depends on the Keras that runs it. {inline_code(COMMAND)} tests yours, and "
        "says where it differs from what the article says. A dash: there the question has no meaning."
    )
    yield ""
    yield row([escaped(heading) or "asked" for heading in keras.headings])
    yield row([":--" for _ in keras.headings])
    for cells in keras.rows:
        yield row([escaped(cell) for cell in cells])
    yield ""


def sentence(keras: InKeras) -> str:
    """What Keras itself does, for the section of a claim."""
    elsewhere = f"; {escaped(keras.elsewhere)}" if keras.elsewhere else ""
    return f"{escaped(keras.about)}: 2016 {escaped(keras.then)}; today {escaped(keras.now)}{elsewhere}"
