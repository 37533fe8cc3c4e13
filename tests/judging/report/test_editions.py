"""The chapter on other editions, the column, and the line of each claim."""

from ledgers import ONE_CHAR, WINDOWS, entry, ledger_of, mixed
from told import told as render

from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence import Ledger, RecordedClaim, RecordedEdition
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.report import Report

CLAIMS = {  # seeds that hold then and now
    "a/lost": (30, 5),
    "a/won": (5, 30),
    "a/open-now": (30, 24),
    "a/same": (30, 30),
    "b/open-then": (24, 5),
}


def report(*, digest: str = "") -> Report:
    """A run of today whose claims were asked in 2016, too, then with this digest."""
    entries = [
        entry(id, at_least(0.8), source=ONE_CHAR if id.startswith("a/") else WINDOWS, statement=f"It is {id[2:]}.")
        for id in (*CLAIMS, "b/not-trained")
    ]
    then = {
        id: RecordedClaim(digest, tuple(range(30)), holds="".join(str(int(one)) for one in mixed(passes)))
        for id, (passes, _) in CLAIMS.items()
    }
    evidence = [(one, mixed(CLAIMS.get(one.claim.id, (0, 30))[1])) for one in entries]
    return Report(ledger_of(*evidence, editions={"2016": RecordedEdition("Keras 0.1", {}, then)}))


def chapter(text: str) -> list[str]:
    """The lines of the chapter."""
    return text.partition("## True then, not now, and the reverse\n")[2].partition("\n## ")[0].splitlines()


def test_the_chapter_counts_by_section_and_names_what_moved() -> None:
    """Of the claims that both editions asked; those with the same verdict are counted only."""
    lines = chapter(render(report()))

    assert "| Learning One Letter at a Time | 4 | 3 / 1 / 0 | 2 / 1 / 1 |" in lines
    assert "| Windows of Three Letters | 1 | 0 / 0 / 1 | 0 / 1 / 0 |" in lines
    assert "Not asked there: 1 claim, about what calls of Keras do, about data, or newer than the record. " in " ".join(
        lines
    )
    titles = [line for line in lines if line.startswith("**")]
    assert [
        "**True then, false now (2016, 1 claim)**",
        "**False then, true now (2016, 1 claim)**",
        "**Decided then, open now (2016, 1 claim)**",
        "**Open then, decided now (2016, 1 claim)**",
    ] == titles
    assert "| [It is lost.](learning-one-letter-at-a-time.md#a--lost) | ● SUPPORTED, 30 / 30 | ○ REFUTED, 5 / 30 |" in [
        line.replace("\u00a0", " ") for line in lines
    ]
    assert not any("It is same." in line for line in lines)


def test_every_claim_tells_both_verdicts() -> None:
    """In the table of its section and in its own; a claim that trains nothing has none."""
    text = render(report()).replace("\u00a0", " ")

    assert "- With the arithmetic of Keras 0.1 (2016): ● SUPPORTED, 30 / 30, **not as today**" in text
    assert "- With the arithmetic of Keras 0.1 (2016): ● SUPPORTED, 30 / 30\n" in text
    assert 5 == text.count("- With the arithmetic of Keras 0.1 (2016):")
    heads = {line for line in text.splitlines() if line.startswith("| claim | verdict")}
    (row,) = [line for line in text.splitlines() if "<br>`b/not-trained`" in line]
    assert {"| claim | verdict | passes / seeds | 95 % interval | in 2016 |"} == heads
    assert row.endswith(" | – |")


def test_what_contradicts_the_text_says_where_it_did_not() -> None:
    """Where the text is contradicted, both verdicts stand side by side."""
    text = render(report()).replace("\u00a0", " ")
    contradicts = text.partition("## What contradicts the text")[2].partition("\n## ")[0].splitlines()

    (lost,) = [line for line in contradicts if "[It is lost.]" in line]
    assert lost.endswith(" 2016: ● SUPPORTED, 30 / 30; today: ○ REFUTED, 5 / 30.")


def test_claims_changed_since_are_not_asked() -> None:
    """They count nowhere."""
    text = render(report(digest="another"))

    assert "- With the arithmetic of Keras 0.1 (2016): not asked since the claim was changed" in text
    assert "| 3 / 1 / 0 |" not in text


def test_without_editions_there_is_no_word_of_them() -> None:
    """No chapter, no column, no line."""
    plain = Report(ledger_of((entry("a/b", at_least(0.8)), mixed(30))))

    assert "True then" not in render(plain) + page.render(plain)
    assert "in 2016" not in render(plain)


def test_the_page_has_the_chapter_and_the_lines() -> None:
    """With a link to it."""
    text = page.render(report())

    assert '<a href="#editions">' in text
    assert "True then, false now" in text
    assert "<b>With the arithmetic of</b> Keras 0.1 (2016):" in text


def test_a_report_of_another_edition_says_so(tmp_path) -> None:
    """Also when it is read back."""
    ledger = ledger_of((entry("a/b", at_least(0.8)), mixed(30)), edition="2016")
    ledger.keep(tmp_path / "run.jsonl")

    assert "**Edition 2016: " in render(Report(ledger))
    assert "2016" == Ledger.read(tmp_path / "run.jsonl").edition
