"""A claim with thousands of seeds: told as shortly as one with thirty, and judged in time that grows as the seeds."""

import re
import time

import pytest
from ledgers import entry, ledger_of, mixed, pairs
from told import told

from lstm_lab.judging.criteria.comparison import beats
from lstm_lab.judging.criteria.equivalence import equivalent
from lstm_lab.judging.criteria.rates import at_least
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.report.seed_marks import BARS, MOST_MARKS, histogram, mark_string
from lstm_lab.judging.verdicts.findings import judge

MORE = 3000  # bytes by which the report of a claim may be longer with 1,000 seeds than with 30
CRITERIA = {"rate": at_least(0.5), "beats": beats(), "equivalent": equivalent(0.1)}


def ledger(kind: str, seeds: int):
    """A run of one claim in which every seed shows other numbers."""
    criterion = CRITERIA[kind]
    differences = [seed * 7919 % 1009 / 10_090 - 0.04 for seed in range(seeds)]
    outcomes = mixed(2 * seeds // 3, seeds) if kind == "rate" else pairs(differences)
    numbers = {"loss": lambda seed: seed * 104_729 % 1013 / 7, "answer": lambda seed: "ABC"[seed % 3]}
    return ledger_of(
        (entry(f"a/{kind}", criterion, asked=seeds), outcomes),
        showing=lambda seed: {name: value(seed) for name, value in numbers.items()},
        default_seeds=seeds,
    )


@pytest.mark.parametrize("kind", CRITERIA)
def test_report_of_a_thousand_seeds_is_as_small(kind):
    """Markdown, page, and picture: at most three kilobytes more than with thirty seeds."""
    few, many = (Report(ledger(kind, seeds)) for seeds in (30, 1000))
    sizes = {
        "Markdown": [len(told(one).encode()) for one in (few, many)],
        "page": [len(_without_pictures(page.render(one)).encode()) for one in (few, many)],
    }

    assert {} == {name: size for name, size in sizes.items() if size[1] > size[0] + MORE}


@pytest.mark.parametrize("kind", ["beats", "equivalent"])
def test_picture_of_ten_times_the_seeds_is_hardly_larger(kind):
    """Strokes that lie on each other are one, so that there are no more of them than there is room for."""
    few, many = ([len(plot.svg) for plot in Report(ledger(kind, seeds)).plots] for seeds in (300, 3000))

    assert sum(many) < 1.5 * sum(few)


def _without_pictures(html: str) -> str:
    return re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)


def test_many_seeds_are_counted_and_few_are_marked():
    """Up to the limit each seed has its mark, beyond it each mark its number."""
    few, many = (judge(ledger("rate", seeds))[0] for seeds in (MOST_MARKS, MOST_MARKS + 2))

    assert 40 == mark_string(few).count("●")
    assert "● 41×, ○ 21×" == mark_string(many)


def test_numbers_of_many_seeds_are_told_as_a_histogram():
    """In Markdown and on the page; of few seeds each is told by itself."""
    few, many = (told(Report(ledger("rate", seeds))) for seeds in (30, 1000))

    assert "Spread of" not in few
    assert re.search(r"- Spread of loss: `▕[▁-█]{20}▏` from 0 to 145", many)
    assert "Spread of answer" not in many
    assert "Spread of loss:" in page.render(Report(ledger("rate", 1000)))
    assert re.search(r"- Spread of treatment − baseline: `▕[▁-█]{20}▏`", told(Report(ledger("beats", 1000))))


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        ([0.0] * 8 + [1.0] * 4, "█" + " " * 18 + "▄"),
        ([3.0, 3.0], "█" + " " * 19),
        ([*range(BARS)], "█" * BARS),
        ([0.0] * 1000 + [1.0], "█" + " " * 18 + "▁"),
        ([-1.7e308, 1.7e308], "█" + " " * 18 + "█"),
    ],
    ids=["two", "one value", "flat", "one far away", "beyond the floats"],
)
def test_histogram(values, bars):
    """Each bar as high as its share of the highest; what is there at all can be seen."""
    assert bars == histogram(values)


@pytest.mark.parametrize("kind", CRITERIA)
def test_judging_ten_times_the_seeds_takes_ten_times_as_long(kind):
    """At most fifty times, where a square would take a hundred: the least of five processor times, SciPy loaded."""

    def seconds(seeds: int) -> float:
        run, times = ledger(kind, seeds), []
        for _ in range(5):
            began = time.process_time()
            judge(run)
            times.append(time.process_time() - began)
        return min(times)

    seconds(100)

    assert seconds(20_000) < 50 * seconds(2000)
