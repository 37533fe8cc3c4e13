"""What the page shows first."""

import re
from dataclasses import replace

from fronts import FRONT, K_TO_B, LEARNS
from ledgers import ADA, entry, everything, ledger_of, mixed

from lstm_lab.judging.claims.front_page import Symptom
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.front_page import front_texts
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.html.first_screen import at_a_glance, bars, symptoms
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import judge


def with_front(**changes):
    """The run that has everything, with a front page."""
    ledger = everything()
    ledger.front_page = replace(FRONT, **changes)
    return ledger


def rendered(ledger):
    """Its page."""
    return page.render(Report(ledger))


def test_bar_of_each_voice_is_to_scale():
    """The text and its readers apart; the widths are shares of all that each states, and leave no gap."""
    ledger = ledger_of(
        *((entry(f"a/holds-{index}", at_least(0.5)), mixed(30)) for index in range(7)),
        (entry("a/wrong", at_least(0.5)), mixed(0)),
        (entry("b/theirs", at_least(0.5), source=ADA), mixed(0)),
        (entry("b/stricter", at_least(0.5), stance="strict"), mixed(0)),
    )
    text, readers = bars(judge(ledger))

    assert [("The text states", 8), ("Its readers state", 1)] == [(bar.name, bar.total) for bar in (text, readers)]
    assert [("hold", 7, 0.0, 87.5), ("wrong", 1, 87.5, 12.5)] == [
        (share.word, share.claims, share.start, share.width) for share in text.shares
    ]
    assert ["verdict=refuted&stance=stated&voice=readers"] == [share.address for share in readers.shares]


def test_bar_says_what_is_not_judged():
    """Claims without a verdict are a part of their own."""
    (bar,) = (bar for bar in bars(judge(everything())) if bar.name == "The text states")

    assert 100 == sum(share.width for share in bar.shares)
    assert ("not judged", 2, "verdict=no%20verdict&stance=stated&voice=text") == (
        bar.shares[-1].word,
        bar.shares[-1].claims,
        bar.shares[-1].address,
    )


def test_finding_at_a_glance_has_its_sides_in_per_cent():
    """In the order of the declaration; the stronger side is full, the verdict gives the colour."""
    ledger = with_front()
    steps, learned = at_a_glance(front_texts(ledger, judge(ledger)).glance)

    assert [("features", "76 %", False), ("steps", "88 %", True)] == [
        (side.label, side.value, side.is_stronger) for side in steps.sides
    ]
    assert ("right", "steps win", "supported") == (steps.answer, steps.told, steps.verdict)
    assert steps.sides[0].place == steps.low < steps.high == steps.sides[1].place
    assert learned.low == learned.high


def test_symptom_leads_to_the_claims_of_the_run():
    """Claims that were not measured are left out, and so is a symptom that no claim of the run explains."""
    ledger = with_front(symptoms=(Symptom("A", ("no/such", K_TO_B, LEARNS)), Symptom("B", ("no/such",))))
    findings = judge(ledger)
    (one,) = symptoms(front_texts(ledger, findings), findings)

    assert ("A", "state--k-predicts-b", f"only={K_TO_B},{LEARNS}", 2) == one


def test_first_screen_has_all_that_the_front_page_declares():
    """Title with its link, the answer, questions, findings, symptoms, figures, lessons and parts."""
    html = rendered(with_front())
    for words in (
        "<title>Is it true? “Letters &amp; states” (2016), checked</title>",
        '<h1>Is it true? <a href="https://example.org/letters">“Letters &amp; states”</a> (2016), checked</h1>',
        "by Ada · 15 claims, most with 30 seeds",
        '<p class="answer"><strong>Time steps win.</strong></p>',
        '<summary>And from K?</summary><p>B (<a href="#state--k-predicts-b">why</a>).</p>',
        '<p class="follows">right: steps win</p>',
        '<a href="#state--k-predicts-b" data-view="only=state/k-predicts-b,state/warm-up">It forgets after '
        "<code>reset</code></a>",
        "<tr><th>one letter<td>84 %<td>the same<td>",
        "<ol><li>Give time steps.</ol>",
        '<tr><th><a href="#part-windows-of-three-letters">Windows</a><td>better as steps'
        "<td class=n>2<td class=n>1<td class=n>2",
    ):
        assert words in html


def test_report_without_a_front_page_has_its_own_title():
    """That of another suite, or of a part of the claims: the bars, the search and the claims are there."""
    html = rendered(everything())

    assert "<h1>The claims and the evidence</h1>" in html
    assert '<ul class="bars"' in html
    assert 'class="glance"' not in html
    assert 'id="symptoms"' not in html
    assert '<a href="#what-needs-attention">Something needs attention</a>' in html


def test_address_that_is_none_is_no_link():
    """A script in place of an address, as a damaged file may have it, is text."""
    html = rendered(with_front(url="javascript:alert(1)"))

    assert "<h1>Is it true? [“Letters &amp; states”](javascript:alert%281%29) (2016), checked</h1>" in html
    assert [] == re.findall(r'href="javascript', html)


def test_texts_of_the_front_page_are_no_html():
    """Tags in title, author, questions, labels and symptoms are shown as they are."""
    nasty = '<script>alert("x")</script>'
    glance = tuple(
        replace(row, text=nasty, sides=tuple(replace(side, label=nasty) for side in row.sides)) for row in FRONT.glance
    )
    html = rendered(
        with_front(
            title=nasty,
            author=nasty,
            questions=tuple(replace(one, question=nasty) for one in FRONT.questions),
            glance=glance,
            printed=tuple(replace(one, model=nasty, printed=nasty) for one in FRONT.printed),
            parts=tuple(replace(one, title=nasty) for one in FRONT.parts),
            symptoms=(Symptom(nasty, (LEARNS,)),),
        )
    )

    assert 1 == html.count("<script")
    assert 2 + 1 + 2 + 2 + 3 + 2 + 3 + 1 == html.count("&lt;script&gt;")
