"""One claim on the page."""

import re
from html import unescape

import pytest
from ledgers import BOB, REFUTED, STATE, SUPPORTED, entry, everything, ledger_of, mixed, pairs

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.report.claim_section import claim_section
from lstm_lab.judging.report.html.claim import Picture, claim_view, part, topics, verdict
from lstm_lab.judging.report.html.templates import fill
from lstm_lab.judging.report.plots.catalogue import MODELS, Plot
from lstm_lab.judging.verdicts.contradictions import Contradictions
from lstm_lab.judging.verdicts.findings import judge


def told(ledger, pictures=()):
    """The HTML of each claim, by id."""
    found = judge(ledger)
    contradictions = Contradictions.among(found)
    return {
        one.entry.claim.id: fill("claim.html", shown=claim_view(one, contradictions, ledger.default_seeds, pictures))
        for one in found
    }


def words(markup):
    """The words of a text, whether HTML or Markdown, without the marks of either."""
    return set(re.findall(r"[\w.%−+]+", unescape(re.sub(r"<[^>]*>", " ", markup))))


@pytest.fixture(scope="module")
def everything_told():
    """Every claim of a run that has everything."""
    return told(everything())


def test_claim_says_all_that_its_section_of_the_report_says(everything_told):
    """No word of a claim's section in the Markdown is missing on the page."""
    ledger = everything()
    found = judge(ledger)
    contradictions = Contradictions.among(found)
    for finding in found:
        lines = [
            re.sub(r"\]\([^)]*\)|<a id[^>]*></a>|[`*>|]|:?--+:?", " ", line)
            for line in claim_section(finding, contradictions)
            if not re.match(r"- Seeds? [^`]*: `|</?details>", line)  # the marks have their own test
        ]

        assert set() == words("\n".join(lines)) - words(everything_told[finding.entry.claim.id])


def test_each_seed_has_a_mark_with_words(everything_told):
    """A mark for each selected seed, which says what it means, also of those that failed or are missing."""
    titles = re.findall(r'<li><i[^>]* role=img title="([^"]*)">(.)</i>', everything_told["state/fails"])

    assert 30 == len(titles)
    assert [("seed 24: does not hold", "○"), ("seed 26: failed", "!")] == [titles[24], titles[26]]
    assert 'title="seed 29: missing">?<' in everything_told["state/vanishes"]
    assert 'title="seed 29: treatment behind">-<' in everything_told["windows/steps-beat-features"]


def test_each_seed_has_a_row_with_what_it_showed(everything_told):
    """Outcome, both arms of a pair, and every value shown, in the columns that the head names."""
    html = everything_told["windows/steps-beat-features"]

    assert (
        "<th scope=col>seed<th scope=col>outcome<th scope=col>treatment<th scope=col>baseline"
        "<th scope=col>accuracy<th scope=col>answer<th scope=col>right"
    ) in html
    assert "<tr><th>3<td>treatment ahead<td>0.88<td>0.75<td>92 %<td>L<td>no" in html


def test_sides_and_measure_are_named_wherever_a_pair_is_told():
    """In sentence, marks, tally and both tables; an accuracy is in per cent."""
    one = entry("a/b", beats(), sides=("with <i>", "without"), measure="accuracy on the pairs")
    html = told(ledger_of((one, pairs([0.125] * 29 + [-0.125], baseline=0.5))))["a/b"]

    assert "better: with &lt;i&gt; beat without in 29 of 30 seeds" in html
    assert 'title="seed 0: with &lt;i&gt; ahead">+<' in html
    assert "with &lt;i&gt; ahead 29×, with &lt;i&gt; behind 1×" in html
    assert "<th scope=col>with &lt;i&gt;<th scope=col>without" in html
    assert "<tr><th>0<td>with &lt;i&gt; ahead<td>62.5 %<td>50 %" in html
    assert "with &lt;i&gt; against without, by accuracy on the pairs" in html
    assert "with &lt;i&gt; − without" in html
    assert not re.search("treatment|baseline", html)


def test_text_of_a_claim_is_never_html():
    """Statement, note, author, published figure, shown names and values: tags in them are text."""
    nasty = '<script>alert("x")</script>'
    one = entry(
        "a/b",
        at_least(0.5),
        source=BOB,
        statement=f"It is {nasty}.",
        docstring=f"Note {nasty}",
        published=nasty,
        seeds=20,
        seeds_reason=f"dear {nasty}",
    )
    html = told(ledger_of((one, mixed(20, 20)), showing=lambda seed: {"<b>name</b>": nasty}))["a/b"]

    assert "<script" not in html
    assert "<b>name" not in html
    assert 20 + 5 == html.count("&lt;script&gt;")
    assert "Bob &lt;b&gt;" in html


def test_facets_of_a_claim_are_its_attributes(everything_told):
    """What the filters look at."""
    head = everything_told["state/k-predicts-b"].partition(">")[0]

    assert (
        '<details class="claim supported" data-id="state/k-predicts-b" data-verdict="supported" '
        'data-part="article keeping-state-between-batches" data-stance="stated" data-kind="rate" data-fail="not shown" '
        'data-hold="not asked" data-topic="has-a-rival contested may-be-chance"'
    ) == head


@pytest.mark.parametrize(
    ("criterion", "name"),
    [
        (always(), "exact"),
        (at_least(0.5), "rate"),
        (at_most(0.5), "rate"),
        (beats(), "pair"),
        (equivalent(0.1), "pair"),
        (possible(), "possibility"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_kind_of_each_criterion(criterion, name):
    """Four kinds for six criteria."""
    assert name == criterion.facet


def test_part_and_topics():
    """Where the text says it, and what else a reader may look for."""
    ledger = everything()
    found = {finding.entry.claim.id: finding for finding in judge(ledger)}
    contradictions = Contradictions.among(tuple(found.values()))

    assert ("comments", "comment-4") == part(found["comment-4/no-reset"])
    assert "no verdict" == verdict(found["state/fails"])
    assert ["contradicts-the-text"] == list(topics(found["one-char/is-a-multilayer-perceptron"], contradictions))
    assert ["needs-attention"] == list(topics(found["state/fails"], contradictions))


def test_chart_places_interval_region_and_rate():
    """A share is drawn from 0 to 100, that of the seeds within a margin, too."""
    html = told(
        ledger_of(
            (entry("a/rate", at_least(0.8), expect=SUPPORTED), [True] * 30),
            (entry("a/same", equivalent(0.05), source=STATE, expect=REFUTED), pairs([0.3, 0.2, 0.25] * 10)),
            (entry("a/exact", always()), [True] * 5),
        )
    )

    assert '<rect x="80" y="1" width="20" height="10"/><line x1="88.43" x2="100"' in html["a/rate"]
    assert '<circle cx="100"' in html["a/rate"]
    assert '<rect x="50" y="1" width="50" height="10"/><line x1="0" x2="11.57"' in html["a/same"]
    assert 'class="chart"' not in html["a/exact"]
    assert "interval:" not in html["a/exact"]


def test_picture_is_shown_again_without_its_bytes():
    """A claim's picture is a reference to the drawing of the page, with a link to it; some are only linked."""

    def plot(name, title, claim="a/b"):
        return Plot(name, title, "", (claim,), MODELS, lambda: "")

    pictures = [
        Picture(plot("paths", "Paths <of> it"), "picture-paths", (300, 200.5), is_high=False, linked=False),
        Picture(plot("all", "All"), "picture-all", (3, 2), is_high=False, linked=True),
        Picture(plot("others", "Others", "a/c"), "picture-others", (3, 2), is_high=False, linked=False),
    ]
    html = told(
        ledger_of((entry("a/b", always()), [True] * 5)),
        pictures,
    )["a/b"]

    assert (
        '<figure><svg viewBox="0 0 300 200.5" role="img" aria-label="Paths &lt;of&gt; it"><use href="#picture-paths"/>'
        '</svg><figcaption><a href="#picture-paths">Paths &lt;of&gt; it</a></figcaption></figure>'
    ) in html
    assert '<p><b>See also:</b> <a href="#picture-all">All</a></p>' in html
    assert 1 == html.count("<use ")
