"""The report as it is committed: small files, of which each link leads somewhere."""

import csv
import json
from pathlib import Path

import pytest
from told import lost_links

ROOT = Path(__file__).parent.parent
FRONT = ROOT / "REPORT.md"
DETAILS = sorted((ROOT / "report").glob("*.md"))
MOST_LINES = 150  # of the front page
LARGEST = {FRONT.name: 12, **{path.name: 50 for path in DETAILS if path.name.startswith("comment-")}}  # KiB
LARGEST_OF_OTHERS = 100


@pytest.mark.parametrize("path", [FRONT, *DETAILS], ids=lambda path: path.name)
def test_no_file_is_larger_than_a_reader_and_a_code_host_bear(path):
    """A front page of three minutes, and details that load."""
    assert path.stat().st_size <= 1024 * LARGEST.get(path.name, LARGEST_OF_OTHERS)


def test_the_front_page_is_short():
    """Somebody who has never seen the project reads it to its end."""
    assert len(FRONT.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [FRONT, ROOT / "README.md", *DETAILS], ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_to_an_anchor_of_it(path):
    """From the report, its details and the README; pictures, tests and data included."""
    assert [] == lost_links([path])


def test_every_part_of_the_front_page_has_its_file():
    """Under the names that the front page declares, and none of another report beside them."""
    from fixtures.front_page import PAGE

    names = {path.stem for path in DETAILS}
    assert {part.name for part in PAGE.parts} <= names
    assert {"how-sure", "not-measured", "your-keras", "editions", "contradicted", "pictures"} <= names


def test_the_data_has_every_claim_that_the_details_tell():
    """In both files, and no other."""
    with (ROOT / "report/data.csv").open(newline="") as file:
        rows = {row["claim"] for row in csv.DictReader(file)}
    claims = {one["id"] for one in json.loads((ROOT / "report/data.json").read_text())["claims"]}
    told = {id for id in claims if any(f'<a id="{id.replace("/", "--")}">' in path.read_text() for path in DETAILS)}

    assert claims == rows == told
    assert len(claims) > 200
