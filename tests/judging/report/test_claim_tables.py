"""The claims in tables."""

from ledgers import ADA, BOB, entry, everything, ledger_of, mixed, pairs
from told import told

from lstm_lab.judging.claims.source import Section
from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report import claim_tables
from lstm_lab.judging.report.claim_tables import Column, by_section, table
from lstm_lab.judging.report.html import page as html_page
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import judge


def rows(ledger, contested=frozenset()):
    """The rows of one table of all claims, by the claim whose anchor a row has."""
    lines = table(judge(ledger), contested)
    return {line.split('"')[1].replace("--", "/"): line for line in lines if line.startswith('| <a id="')}


def test_sections_follow_the_text_and_comments_their_numbers():
    """Sections come by their place in the text, then as they appear; comments last, by number."""
    early, late = Section("Told First", 1), Section("Told Last", 2)
    places = [("a/one", ADA), ("a/two", late), ("a/three", BOB), ("a/four", early), ("a/five", Section("Told Last"))]
    ledger = ledger_of(*[(entry(id, at_least(0.5), source=source), mixed(30)) for id, source in places])
    groups = by_section(judge(ledger))

    assert [["a/four"], ["a/two", "a/five"], ["a/three", "a/one"]] == [
        [finding.entry.claim.id for finding in members] for _, members in groups
    ]


def test_columns_without_any_value_are_left_out():
    """A table has the columns that one of its claims needs, and all rows have them."""
    whole, exact = (list(table(claims, frozenset())) for claims in (judge(everything()), [judge(everything())[2]]))

    assert whole[0] == ("| claim | verdict | passes / seeds | 95 % interval | effect (mean difference) | published |")
    assert exact == [
        "| claim | verdict | passes / seeds |",
        "| :-- | :-- | --: |",
        '| <a id="one-char--state-is-reset"></a>What state is reset says.<br>`one-char/state-is-reset` '
        "| ●\u00a0SUPPORTED | 5 / 5 |",
    ]


def test_what_the_text_does_not_state_says_so():
    """Beside the id stands what the claim is to the text, unless the text states it."""
    stances = ("stated", "strict", "question", "probe")
    ledger = ledger_of(*[(entry(f"a/{stance}", at_least(0.5), stance=stance), mixed(30)) for stance in stances])
    found = rows(ledger)

    assert ["`a/stated` |", "`a/strict`, *a stricter reading* |", "`a/question`, *a question* |"] == [
        found[f"a/{stance}"].partition("<br>")[2].partition("|")[0] + "|" for stance in stances[:3]
    ]
    assert "`a/probe`, *a probe of ours* |" in found["a/probe"]


def test_row_of_a_pass_rate():
    """A row has the anchor of the claim, its statement, verdict, passes, interval and the published figure."""
    assert (
        '| <a id="one-char--does-not-learn"></a>One letter at a time is not learned: the model gives some wrong '
        "answers.<br>`one-char/does-not-learn` | ●\u00a0SUPPORTED | 1 / 30 | 0.1 to 17.2 % | – | 84.00 % |"
    ) == rows(everything())["one-char/does-not-learn"]


def test_rows_of_pairs_show_their_effect():
    """A pair has the mean difference with its interval, and says how many tie."""
    found = rows(everything())

    assert (
        "| 27 / 30<br>(2 tied) | 81.7 to 99.9 % | +0.116<br>(+0.095 to +0.136) |"
        in found["windows/steps-beat-features"]
    )
    assert "| 0 / 30 | 0 to 11.6 % | +0.25<br>" in found["windows/order-does-not-matter"]


def test_no_difference_is_told_beside_the_verdict():
    """It is another finding than to be worse."""
    none, worse = (
        ledger_of((entry("a/b", beats()), pairs([0.0] * 30))),
        ledger_of((entry("a/b", beats()), pairs([-1.0] * 30))),
    )

    assert "| ○\u00a0REFUTED<br>no difference<br>new | 0 / 30<br>(30 tied) | 0<br>" in rows(none)["a/b"]
    assert "| ○\u00a0REFUTED<br>new | 0 / 30 | 0 to 11.6 % |" in rows(worse)["a/b"]


def test_claims_that_one_seed_decides_have_no_interval():
    """Neither an exact property nor something possible is a statistical statement."""
    found = rows(everything())

    assert "| 5 / 5 | – | – |" in found["one-char/state-is-reset"]
    assert "| 1 / 30 | – | – |" in found["comment-12/k-predicts-l"]


def test_verdicts_carry_what_is_odd_about_them():
    """A verdict that departs from the record, is new or contested says so in its cell."""
    found = rows(everything(), contested=frozenset({"state/k-predicts-b"}))

    assert "| ○\u00a0REFUTED<br>recorded supported |" in found["windows/order-does-not-matter"]
    assert "| ◐\u00a0INCONCLUSIVE<br>recorded supported |" in found["state/warm-up"]
    assert "| ◐\u00a0INCONCLUSIVE<br>new |" in found["windows/new-idea"]
    assert "| ●\u00a0SUPPORTED<br>contested |" in found["state/k-predicts-b"]
    assert "| !\u00a0ERROR | – / 30 | – | – |" in found["state/fails"]
    assert "| ?\u00a0INCOMPLETE | – / 30 | – | – |" in found["state/vanishes"]


def test_a_column_is_added_in_one_place(monkeypatch):
    """In the tables of the Markdown and, with its head, on the line of each claim on the page."""
    column = Column("seeds lost", lambda finding: str(len(finding.missing)), "--:", "lost-seeds", "lost seeds")
    monkeypatch.setattr(claim_tables, "MEASURED", (*claim_tables.MEASURED, column))
    report = Report(everything())
    page = html_page.render(report)

    assert "| effect (mean difference) | seeds lost |" in told(report)
    assert '<span class="lost-seeds">seeds lost</span>' in page
    assert '<span class="lost-seeds"><span class="unseen">lost seeds: </span>5</span>' in page
    assert '<span class="effect"></span><span class="lost-seeds">' in page  # an empty cell keeps its place
