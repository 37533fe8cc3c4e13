"""One claim on the page."""

import re
from html import unescape

import pytest
from ledgers import BOB, REFUTED, STATE, SUPPORTED, entry, everything, ledger_of, mixed, pairs

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.exact import always, possible
from lstm_lab.judging.criteria.rates import at_least, at_most
from lstm_lab.judging.evidence.your_keras import InKeras, YourKeras
from lstm_lab.judging.report.claim_section import FIGURES, TEXTS, claim_section
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
    """No word of a claim's section in the Markdown is missing on the page, but for heads of columns without a value.

    What the claim is to the text stands behind its source there, without the label "To the text:".
    """
    heads = words(" ".join((*FIGURES, *TEXTS, "To the text:")))
    ledger = everything()
    found = judge(ledger)
    contradictions = Contradictions.among(found)
    for finding in found:
        lines = [
            re.sub(r"\]\([^)]*\)|<a id[^>]*></a>|[`*>|]|:?--+:?", " ", line)
            for line in claim_section(finding, contradictions)
            if not re.match(r"- Seeds? [^`]*: `|</?details>", line)  # the marks have their own test
        ]

        assert words("\n".join(lines)) - words(everything_told[finding.entry.claim.id]) <= heads


def seeds_of(html):
    """The lines of the table of seeds, as lists of cells."""
    return [line.split("\t") for line in unescape(re.search(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)[1]).split("\n")]


def test_each_seed_has_a_mark(everything_told):
    """A mark for each selected seed, in groups of ten, also of those that failed or are missing; above, their words."""

    def marks(id):
        return re.search(r'<p class="seeds" aria-hidden="true">([^<]*)</p>', everything_told[id])[1]

    assert [10, 10, 10] == [*map(len, marks("state/fails").split())]
    assert marks("state/fails").endswith("!!!!")
    assert marks("state/vanishes").endswith("?")
    assert marks("windows/steps-beat-features").endswith("==-")
    assert "<h5>Seeds 0 to 29: holds 17×, does not hold 9×, failed 4×</h5>" in everything_told["state/fails"]


def test_each_seed_has_a_line_with_what_it_showed(everything_told):
    """Outcome, both arms of a pair, and every value shown that is not the same for all seeds; one text, no elements."""
    lines = seeds_of(everything_told["windows/steps-beat-features"])

    assert ["seed", "outcome", "treatment", "baseline", "accuracy", "answer", "right"] == lines[0]
    assert ["3", "+", "0.88", "0.75", "92 %", "L", "no"] == lines[4]
    assert 31 == len(lines)


def test_what_all_seeds_showed_alike_is_told_once():
    """No line for each seed where the figures have it all; the other columns stay, long texts the last."""
    one, other = entry("a/one", always()), entry("a/other", always())
    html = told(
        ledger_of(
            (one, [True] * 5),
            (other, [True] * 5),
            showing=lambda seed: {"answer": "B"},
        )
    )["a/one"]

    assert "<pre" not in html
    assert "<li><b>answer</b> seeds 5 · values <code>B</code> 5×" in html

    html = told(
        ledger_of(
            (one, [True] * 5),
            showing=lambda seed: {"said": f"a long answer of many words, {seed}", "answer": "B", "number": seed},
        )
    )["a/one"]

    assert [["seed", "number", "said"], ["0", "0", "a long answer of many words, 0"]] == seeds_of(html)[:2]


def test_seeds_without_a_value_keep_their_line():
    """A dash in each column of a seed that failed."""
    one = entry("a/one", at_least(0.5))
    lines = seeds_of(told(ledger_of((one, mixed(15)[:29]), showing=lambda seed: {"value": seed}))["a/one"])

    assert ["29", "?", "–"] == lines[30]


def test_figures_are_lines_that_fit_a_phone(everything_told):
    """Each figure behind the name of its column."""
    assert (
        '<ul class="figures"><li><b>treatment</b> seeds 30 · smallest 0.73 · median 0.88 · largest 0.94'
    ) in everything_told["windows/steps-beat-features"]
    assert "<table" not in everything_told["windows/steps-beat-features"]


def test_comparison_has_a_strip_of_its_seeds(everything_told):
    """A stroke where each difference lies, at the same places as 0, the wanted range and the mean."""
    html = everything_told["windows/steps-beat-features"]

    assert 'aria-label="The difference of each seed, from −0.04 to +0.17"' in html
    assert '<figure class="differences">' not in everything_told["state/k-predicts-b"]


def test_sides_and_measure_are_named_wherever_a_pair_is_told():
    """In sentence, tally, strip, figures and the lines of the seeds; an accuracy is in per cent."""
    one = entry("a/b", beats(), sides=("with <i>", "without"), measure="accuracy on the pairs")
    html = told(ledger_of((one, pairs([0.125] * 29 + [-0.125], baseline=0.5))))["a/b"]

    assert "better: with &lt;i&gt; beat without in 29 of 30 seeds" in html
    assert "with &lt;i&gt; ahead 29×, with &lt;i&gt; behind 1×" in html
    assert ["seed", "outcome", "with <i>", "without"] == seeds_of(html)[0]
    assert ["0", "+", "62.5 %", "50 %"] == seeds_of(html)[1]
    assert "with &lt;i&gt; against without, by accuracy on the pairs" in html
    assert "<b>with &lt;i&gt; − without</b>" in html
    assert "<figcaption>with &lt;i&gt; − without: a stroke for each seed" in html
    assert not re.search("treatment|baseline", html)


def test_many_seeds_are_not_told_one_by_one():
    """Their numbers stand in the place of the marks, and the data have their values."""
    one = entry("a/b", at_least(0.5), asked=100)
    html = told(ledger_of((one, mixed(60, 100)), showing=lambda seed: {"value": seed}))["a/b"]

    assert '<p class="seeds" aria-hidden="true">● 60×, ○ 40×</p>' in html
    assert "<pre" not in html


def test_questions_to_keras_and_its_errors_are_told():
    """As they were asked, and what is raised, to be found by those who see it."""
    one = entry("a/one", always(), asks=("batch",))
    ledger = ledger_of((one, [True] * 5))
    about = InKeras("a batch", "answers", "raises", "", ("Is a `batch` refused?",), ("ValueError: Input <tensor>",))
    ledger.your_keras = YourKeras(claims={"a/one": about})
    html = told(ledger)["a/one"]

    assert "<b>Asked of Keras:</b> Is a <code>batch</code> refused?" in html
    assert "<b>Where it raises, it says:</b> <code>ValueError: Input &lt;tensor&gt;</code>" in html


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
    html = told(ledger_of((one, mixed(20, 20)), showing=lambda seed: {"<b>name</b>": f"{nasty} {seed % 2}"}))["a/b"]

    assert "<script" not in html
    assert "<b>name" not in html
    assert 20 + 4 + 2 == html.count("&lt;script&gt;")
    assert "Bob &lt;b&gt;" in html


def test_facets_of_a_claim_are_its_attributes(everything_told):
    """What the filters look at."""
    head = everything_told["state/k-predicts-b"].partition(">")[0]

    assert (
        '<details class="claim supported" id="state--k-predicts-b" data-id="state/k-predicts-b" '
        'data-verdict="supported" data-part="article keeping-state-between-batches" data-voice="text" '
        'data-stance="stated" data-kind="rate" data-fail="not shown" data-hold="not asked" '
        'data-topic="has-a-rival contested may-be-chance"'
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
        Picture(plot("paths", "Paths <of> it"), "picture-paths", (300, 200.5), linked=False),
        Picture(plot("all", "All"), "picture-all", (3, 2), linked=True),
        Picture(plot("others", "Others", "a/c"), "picture-others", (3, 2), linked=False),
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
