"""The page as a text."""

import base64
import hashlib
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from ledgers import RUN, entry, everything, ledger_of, many, mixed, partial

from lstm_lab.judging.claims.controls import exempt
from lstm_lab.judging.claims.source import Comment, Section
from lstm_lab.judging.claims.untested import Untested
from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.evidence.ledger import Ledger
from lstm_lab.judging.evidence.records import Failure
from lstm_lab.judging.report import files
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.plots.catalogue import MODELS, Plot
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.verdicts.findings import judge

SVG = '<svg viewBox="0 0 {} {}"><path id="p" d="M 0 0"/><use href="#p"/></svg>'
VOID = {"meta", "input", "br", "path", "rect", "line", "circle", "use", "link", "img", "hr"}
LEFT_OPEN = {"li", "td", "th", "tr", "tbody", "thead"}  # HTML closes them by itself


class Elements(HTMLParser):
    """What a page consists of: its elements with their attributes, and those that are closed wrongly."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.wrong, self.text, self.texts = [], [], [], "", 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID | LEFT_OPEN:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Hold an end against what was begun last."""
        if tag in VOID | LEFT_OPEN:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))

    def handle_data(self, data):
        """Note a text, as a reader sees it."""
        self.text += data
        self.texts += 1

    def of(self, attribute):
        """The values of one attribute."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def render(ledger, pictures):
    """The page of a ledger, with these pictures alone."""
    report = Report(ledger)
    vars(report)["plots"] = pictures  # in place of those that would be drawn
    return page.render(report)


def written(ledger, folder):
    """The page as the report writes it."""
    files.write(Report(ledger), folder / "REPORT.md")
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("make", [everything, partial, Ledger], ids=["all", "part", "none"])
def test_page_is_sound(make, tmp_path):
    """Every element is closed in its order, ids are unique, and every link within the page leads somewhere."""
    html = written(make(), tmp_path)
    parsed = Elements(html)
    ids = parsed.of("id")

    assert ([], []) == (parsed.wrong, parsed.open)
    assert len(ids) == len(set(ids))
    targets = {link[1:] for link in parsed.of("href") if link.startswith("#")}
    claims = {f"claim={id}" for id in parsed.of("data-id")}
    assert targets <= {*ids, *claims}
    assert set(parsed.of("aria-labelledby")) <= set(ids)


def test_page_fetches_nothing(tmp_path):
    """Nothing in it names another place to load from, and its policy forbids it; only its own script may run."""
    html = written(everything(), tmp_path)
    parsed = Elements(html)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert [] == parsed.of("src")
    assert {"report/data.csv", "report/data.json"} == {link for link in parsed.of("href") if not link.startswith("#")}
    assert [] == re.findall(r"@import|url\((?!#)|https?://", html)
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in html


def test_tags_in_a_claim_stay_text(tmp_path):
    """A claim and a heading full of HTML add no element and no attribute."""
    nasty = '</script><script>alert(1)</script><img src=x onerror="alert(1)">" onclick="x'
    one = entry("a/b", always(), source=Section(nasty), statement=nasty, docstring=nasty, published=nasty)
    ledger = ledger_of((one, [True] * 5), showing=lambda seed: {"value": nasty})
    ledger.add_uncollected(nasty, nasty)
    ledger.versions = {"python": nasty}
    ledger.run = replace(RUN, command=nasty)
    parsed = Elements(written(ledger, tmp_path))

    assert 1 == sum(tag == "script" for tag, _ in parsed.elements)
    assert [] == [
        tag for tag, attributes in parsed.elements if tag == "img" or {"onclick", "onerror"} & set(attributes)
    ]


def hostile_ledger(text):
    """A run in which every text that somebody may write is this one."""
    texts = {"statement": text, "docstring": text, "published": text, "control": exempt(text)}
    ids = {"contradicts": (text,), "challenges": "a/c"}
    one = entry("a/b", always(), source=Section(text), seeds=3, seeds_reason=text, **texts, **ids)
    other = entry("a/c", at_least(0.5), source=Comment(1, text, text), **texts)
    ledger = ledger_of(
        (one, [True, True, False]),
        (other, mixed(15)),
        showing=lambda seed: {text: f"{text} {seed % 2}", f"{text}, counted": seed},
    )
    ledger.add(Failure("a/c", 3, "error", text))
    ledger.add_uncollected(text, text)
    ledger.untested = (Untested((Section(text),), text, text),)
    return ledger


def test_no_text_becomes_an_element_or_is_computed():
    """Tags, quotes, ends of sections and marks of a template are shown, everywhere, as they are written."""
    nasty = """<script>alert(1)</script><b title="x' onclick='y">{{ 7 * 7 }}{% raw %}{# no #}<![CDATA[x]]>--></style>"""
    pages = {}
    for text in (nasty, "A harmless text"):
        picture = Plot("curves", text, text, ("a/b",), MODELS, lambda: SVG.format(300, 200))
        pages[text] = Elements(render(hostile_ledger(text), [picture]))
    hostile, harmless = pages.values()

    assert [(tag, [*names]) for tag, names in harmless.elements] == [(tag, [*names]) for tag, names in hostile.elements]
    assert ([], []) == (hostile.wrong, hostile.open)
    assert harmless.text.count("A harmless text") == hostile.text.count(nasty) >= 50
    assert [nasty] * 3 == [label for label in hostile.of("aria-label") if nasty in label]


def test_only_the_run_block_tells_one_run_from_another(tmp_path):
    """Clock, commit and command leave every other byte alone, and so does the order in which evidence arrived."""
    block = re.compile(r"<!-- run -->.*?<!-- /run -->", re.DOTALL)
    one = written(everything(), tmp_path)
    ledger = everything()
    ledger.run = replace(RUN, started="2026-02-03T04:05:06+00:00", seconds=12.0, command="pytest claims", commit="")
    ledger.observations = dict(reversed(ledger.observations.items()))
    ledger.failures.reverse()
    other = written(ledger, tmp_path)

    assert one != other
    assert block.sub("", one) == block.sub("", other)
    assert "command    pytest claims\n" in block.search(other)[0]


def test_head_says_what_the_report_says_at_its_top(tmp_path):
    """Counts, versions, the family, the run, and what needs attention."""
    html = written(everything(), tmp_path)
    for words in (
        '<span aria-hidden="true">● </span>5 hold</a>',
        '<span aria-hidden="true">· </span>2 not judged</a>',
        "Versions: python 3.11.9, tensorflow 2.21.0",
        "Of 6 decided verdicts 4 survive the strict correction",
        "started    2025-01-02T03:04:05+00:00, took 312 s",
        '<h2 id="what-needs-attention">What needs attention</h2>',
        "<strong>Contested: claims that cannot hold together, both supported</strong>",
    ):
        assert words in html


def test_a_challenge_stands_beside_what_it_challenges(tmp_path):
    """As in the report, with links to both claims, and reachable where it is too wide; no such chapter without one."""
    sides = entry("doubt/x", at_least(0.5), challenges="text/y"), entry("text/y", at_least(0.5))
    html = written(ledger_of((sides[0], mixed(0)), (sides[1], mixed(30))), tmp_path)
    chapter = html.partition('<h2 id="challenges">')[2].partition("</section>")[0]

    assert '<a href="#challenges">Challenges</a>' in html
    assert '<div class="wide" role="group" tabindex="0"' in chapter
    assert "The challenged claim withstands." in chapter
    assert all(f'href="#{side}"' in chapter for side in ("doubt--x", "text--y"))
    assert "&lt;" not in chapter
    assert 'id="challenges"' not in written(everything(), tmp_path)


def test_partial_run_says_so(tmp_path):
    """A partial run is headed by the reason."""
    html = written(partial(), tmp_path)

    assert "<strong>Partial: 2 of 15 claims selected. No verdict is compared with the record.</strong>" in html
    assert "what-needs-attention" not in html


def test_filters_offer_what_some_claim_has(tmp_path):
    """No verdict, part, kind or topic is offered that no claim has; comments come after the article."""
    html = written(partial(), tmp_path)
    kinds = re.search(r'<select name="kind">.*?</select>', html, re.DOTALL)[0]
    parts = re.search(r'<select name="part">.*?</select>', written(everything(), tmp_path), re.DOTALL)[0]

    assert ["", "exact", "rate"] == re.findall(r'value="([^"]*)"', kinds)
    assert ["supported", "no verdict"] == re.findall(r'name="verdict" value="([^"]*)"', html)
    assert [
        "",
        "article",
        "learning-one-letter-at-a-time",
        "windows-of-three-letters",
        "keeping-state-between-batches",
        "comments",
        "comment-4",
        "comment-12",
    ] == re.findall(r'value="([^"]*)"', parts)


def test_pictures_stand_once_and_belong_to_claims():
    """A picture of models has a title and a caption, and is never folded, so that it prints; its claims show it again.

    One that most claims share they only link to.
    """
    claims = ("one-char/does-not-learn",)
    most = tuple(entry.claim.id for entry in everything().catalogue.values())[:12]
    pictures = [
        Plot("learning_curves", "Learning curves", "The **median**.", claims, MODELS, lambda: SVG.format(300, 200)),
        Plot("shared", "Shared by most", "All.", most, MODELS, lambda: SVG.format(100, 900)),
    ]
    html = render(everything(), pictures)

    assert '<figure class="picture"><h3>Learning curves</h3>' in html
    assert "<figcaption>The <strong>median</strong>.</figcaption>" in html
    assert 1 == html.count('<use href="#picture-learning-curves"/>')
    assert 0 == html.count('<use href="#picture-shared"/>')
    assert 12 == html.count('<b>See also:</b> <a href="#picture-shared">Shared by most</a>')
    assert {"picture-learning-curves-p", "picture-shared-p"} <= set(Elements(html).of("id"))


def test_rates_are_drawn_on_the_lines_of_the_claims(tmp_path):
    """In letters of the page, each with its interval and its wanted range; there is no picture of them all."""
    html = written(everything(), tmp_path)
    drawn = [one for one in judge(everything()) if one.judgement and one.judgement.interval]

    assert len(drawn) == html.count('<svg class="chart" viewBox="-3 0 106 12"') > 5
    assert [] == [id for id in Elements(html).of("id") if id.startswith("picture-")]


def test_page_of_many_claims_is_small(tmp_path):
    """A claim of 30 seeds costs less than 3,600 bytes and 120 nodes, all that is told of it included."""
    html = written(many(220), tmp_path)
    parsed = Elements(html)

    assert 220 * 3_600 > len(html.encode())
    assert 220 * 120 > len(parsed.elements) + parsed.texts


def test_page_of_this_project_is_small():
    """A browser opens it at once: at most 1.2 MB and 30,000 nodes, texts and spaces between elements included."""
    html = (Path(__file__).parents[4] / "report.html").read_text(encoding="utf-8")
    parsed = Elements(html)

    assert len(html.encode()) <= 1_200_000
    assert len(parsed.elements) + parsed.texts <= 30_000


def test_page_is_installed_with_the_package():
    """Templates, style and script are files of the package, wherever it is installed."""
    project = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["lstm_lab.judging.report.html"]
    assets = {one for one in Path(page.__file__).parent.iterdir() if one.is_file() and one.suffix != ".py"}

    assert {"page.html", "opening.html", "front.html", "claim.html", "page.css", "page.js"} <= {
        one.name for one in assets
    }
    assert assets == {one for pattern in patterns for one in Path(page.__file__).parent.glob(pattern)}


def test_page_loads_nothing_that_trains():
    """Importing the page loads no TensorFlow, Keras, SciPy or Matplotlib, and nothing that only writing it needs."""
    heavy = {"tensorflow", "keras", "scipy", "matplotlib", "jinja2", "markdown_it"}
    code = f"import sys, lstm_lab.judging.report.html.page; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()" == done.stdout.strip()
