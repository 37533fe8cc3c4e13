"""Text, Markdown and pictures as HTML."""

import re

import pytest

from lstm_lab.judging.report.html.markup import blocks, embed_svg, inline, shape, slug, text

SVG = """<?xml version="1.0"?>
<!DOCTYPE svg>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="648pt" height="90.5pt" viewBox="0 0 648 90.5"
 xmlns="x" version="1.1">
 <title>Pass rates</title>
 <metadata>when and by what</metadata>
 <defs><style type="text/css">*{stroke-linecap: butt}</style><path id="m1" d="M 0 1
L 2 3"/></defs>
 <!-- a/b -->
 <g id="axes_1" clip-path="url(#p2)">
 <use xlink:href="#m1" x="1.2345" style="fill: #757a80; stroke: #757a80"/><text style="font-family: 'A', b; fill: red"
 transform="rotate(-0 1 2)">p: 0.2345</text></g>
 <clipPath id="p2"/>
</svg>
"""


def test_text_stays_text():
    """Tags, entities and quotes of a text are shown as they are; only code between backticks is set as such."""
    assert "&lt;b&gt; &amp;amp; &#34;x&#34; <code>a &lt; b</code> *c*" == text('<b> &amp; "x"\n`a < b` *c*')


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**no**; `a <b>`", "<strong>no</strong>; <code>a &lt;b&gt;</code>"),
        ("[`a/b`](#a--b)", '<a href="#a--b"><code>a/b</code></a>'),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("&lt;script>", "&lt;script&gt;"),
        ("![x](http://a/b.png)", '!<a href="http://a/b.png">x</a>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("<http://a>", "&lt;http://a&gt;"),
    ],
    ids=["marks", "link", "tag", "entity", "image", "script-link", "autolink"],
)
def test_markdown_of_the_report_becomes_html(markdown, html):
    """What the report marks is marked; tags stay text, and nothing is fetched or run."""
    assert html == inline(markdown)


def test_blocks_have_lists_and_tables():
    """Nested lists and tables, as the chapters of the report have them."""
    html = blocks(["| a | b |", "| :-- | --: |", "| <i> | 2 |", "", "- x", "  - y"])

    assert ">&lt;i&gt;</td>" in html
    assert 2 == html.count("<ul>")


def test_slug_is_an_id():
    """Whatever a heading is made of."""
    assert "keeping-state-between-batches" == slug(" Keeping State | Between Batches!")


def test_drawing_shares_no_id_with_another():
    """Ids and what refers to them begin with the name of the drawing; what shows nothing is left out."""
    html = embed_svg(SVG, "picture-a", 'Rates of "a"')

    assert html.startswith('<svg viewBox="0 0 648 90.5" id="picture-a" role="img" aria-label="Rates of &#34;a&#34;">')
    assert {"picture-a", "picture-a-m1", "picture-a-p2"} == set(re.findall(r' id="([^"]+)"', html))
    assert 'clip-path="url(#picture-a-p2)"' in html
    assert '<use href="#picture-a-m1" x="1.2" style="fill:#757a80;stroke:#757a80"/>' in html
    assert '<text style="fill:red">p: 0.2345</text>' in html
    for left_out in ("<style", "<title", "<metadata", "<!--", "<!DOCTYPE", "xlink", "pt", "http"):
        assert left_out not in html.replace("clip-path", "")


def test_shape_is_that_of_the_view_box():
    """Width and height; an SVG without them is refused in one line."""
    assert (648, 90.5) == shape(SVG)
    with pytest.raises(ValueError, match=r"^picture: got an SVG that begins '<svg></svg>', wanted one with a viewBox$"):
        shape("<svg></svg>")


def test_drawing_has_no_more_elements_and_digits_than_one_sees():
    """Groups without attributes and spaces between elements go; coordinates have one decimal; texts stay."""
    svg = (
        '<svg viewBox="0 0 9 9"><g id="a"> <g id="b"><path id="p" d="M 1.04 -2.06 L 3 4.96 z"/></g> </g>'
        '<g clip-path="url(#p)"><g id="c"><text x="1.26">2.345 - 1</text></g></g></svg>'
    )

    assert (
        '<path id="x-p" d="M1-2.1L3 5z"/><g clip-path="url(#x-p)"><text x="1.3">2.345 - 1</text></g></svg>'
    ) == embed_svg(svg, "x", "X").partition(">")[2].strip()
