"""What the report says of final criteria: in which commit they became so, and which claims are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lstm_lab.judging.evidence import Entry, Final, Ledger, not_final
from lstm_lab.judging.report.formatting import escaped, inline_code, link
from lstm_lab.text import pluralized

TITLE = "Criteria that were not final before the run"


def sentences(ledger: Ledger) -> Iterator[str]:
    """When the criteria of the run became final; nothing where the suite keeps no file of that."""
    if ledger.finals is None:
        return
    open_ = sum(1 for _ in not_final(ledger.catalogue.values(), ledger.finals))
    finals = [final for id, final in ledger.finals.items() if id in ledger.catalogue]
    if finals:
        at_first = [final for final in finals if not final.revised] or finals
        sizes = Counter((final.date, final.commit) for final in at_first)
        date, commit = min(sizes, key=lambda one: (one[0], -sizes[one]))
        later = [final for final in finals if final.commit != commit]
        revised = sum(bool(final.revised) for final in later)
        added = len(later) - revised
        since = {"changed since, declared as revised": revised, "added since": added}
        told = "".join(f"; {pluralized(count, 'claim')} {how}" for how, count in since.items() if count)
        yield (
            f"Criteria final in commit {inline_code(commit[:7])} of {escaped(date)}, before any judged seed was "
            f"run{told}."
        )
    if open_:
        yield f"**Not final: {pluralized(open_, 'claim')}.**"


def bullets(ledger: Ledger) -> Iterator[str]:
    """One item for each claim whose criterion is not final, in Markdown."""
    for id, reason in not_final(ledger.catalogue.values(), ledger.finals):
        yield f"- {link(id)}: {reason}"


def open_criteria(entries: Iterable[Entry], finals: Mapping[str, Final] | None) -> Iterator[str]:
    """The same for the terminal."""
    for id, reason in not_final(entries, finals):
        yield f"not final: {id}: {reason}"
