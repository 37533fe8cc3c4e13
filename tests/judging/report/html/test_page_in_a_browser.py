"""The page in a real browser, where there is one."""

import itertools
import re

import pytest
from ledgers import STATE

pytest.importorskip("selenium", reason="no selenium here; pip install -e '.[dev]' brings it")

from browser import CONTRAST, choose, claim, fragment, is_open, shown, status, tree
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

NASTY = '<script>document.title = "taken"</script>'  # as in a claim of the page

# Roles that say nothing without a name.
NAMED = {"link", "button", "checkbox", "combobox", "searchbox", "image", "DisclosureTriangle"}


def test_all_claims_are_shown_at_first(opened):
    """Every claim, closed, and a number that says so."""
    driver = opened()

    assert "All 16 claims." == status(driver)
    assert 16 == len(shown(driver))
    assert [] == driver.find_elements(By.CSS_SELECTOR, ".claim[open]")


def test_filter_by_verdict(opened):
    """Boxes of one verdict or several; the address keeps them."""
    driver = opened()
    driver.find_element(By.CSS_SELECTOR, "input[value=refuted]").click()

    assert "4 of 16 claims." == status(driver)
    assert "#verdict=refuted" == fragment(driver)

    driver.find_element(By.CSS_SELECTOR, "input[value='no verdict']").click()

    assert "6 of 16 claims." == status(driver)
    assert {"state/fails", "state/vanishes", "comment-4/no-reset"} < set(shown(driver))


@pytest.mark.parametrize(
    ("facet", "value", "some", "number"),
    [
        ("part", "keeping-state-between-batches", "state/warm-up", 5),
        ("part", "comment-12", "comment-12/k-predicts-l", 1),
        ("part", "comments", "comment-4/no-reset", 2),
        ("kind", "pair", "windows/steps-beat-features", 4),
        ("kind", "exact", "one-char/state-is-reset", 3),
        ("kind", "possibility", "comment-4/no-reset", 2),
        ("fail", "not asked", "comment-4/no-reset", 4),
        ("hold", "not shown", "comment-4/no-reset", 4),
        ("stance", "probe", "windows/nasty", 1),
        ("topic", "contradicts-the-text", "state/few-units-suffice", 3),
        ("topic", "contested", "state/k-predicts-b", 2),
    ],
)
def test_filter_by_facet(opened, facet, value, some, number):
    """Each choice leaves those claims, hides the headings of the others, and stands in the address."""
    driver = opened()
    choose(driver, facet, value)

    assert (number, f"{number} of 16 claims.") == (len(shown(driver)), status(driver))
    assert some in shown(driver)
    for group in driver.find_elements(By.CSS_SELECTOR, ".group"):
        assert group.is_displayed() == bool(group.find_elements(By.CSS_SELECTOR, ".claim:not([hidden])"))
    assert f"#{facet}={value.replace(' ', '+')}" == fragment(driver)


def test_text_is_searched_in_claims_ids_sources_and_notes(opened):
    """All words must occur, in any case, wherever in the claim; nothing found is said."""
    driver = opened()
    search = driver.find_element(By.NAME, "q")
    for words, found in (
        ("RESET k-predicts", ["state/k-predicts-b"]),
        ("comment-4", ["one-char/state-is-reset", "comment-4/no-reset"]),
        ("ada", ["comment-12/k-predicts-l"]),
        ("answered wrongly", ["one-char/does-not-learn"]),
    ):
        search.clear()
        search.send_keys(words)

        assert found == shown(driver)

    search.send_keys(" nowhere")

    assert "None of 16 claims fits." == status(driver)
    assert "#q=answered+wrongly+nowhere" == fragment(driver)

    driver.find_element(By.CSS_SELECTOR, "button[type=reset]").click()

    WebDriverWait(driver, 5).until(lambda _: status(driver) == "All 16 claims.")
    assert 16 == len(shown(driver))


def test_counts_say_what_each_choice_would_leave(opened):
    """A number beside each value: the claims left if it were chosen; what would leave none cannot be chosen."""
    driver = opened()
    choose(driver, "part", "comments")
    boxes = {
        one.find_element(By.TAG_NAME, "input").get_attribute("value"): one.find_element(By.CLASS_NAME, "count").text
        for one in driver.find_elements(By.CSS_SELECTOR, "fieldset label")
    }
    kinds = {one.get_attribute("value"): one for one in Select(driver.find_element(By.NAME, "kind")).options}

    assert {"supported": "1", "refuted": "1", "inconclusive": "0", "no verdict": "0"} == boxes
    assert "possibility: one seed suffices (2)" == kinds["possibility"].text
    assert (True, False) == (kinds["possibility"].is_enabled(), kinds["pair"].is_enabled())


def test_filtered_view_is_a_link(opened):
    """The address of a filtered view shows the same view to the next reader."""
    driver = opened("#verdict=supported,inconclusive&part=windows-of-three-letters&kind=pair&q=shuffling")

    assert ["windows/shuffling-is-the-same"] == shown(driver)
    assert "windows-of-three-letters" == driver.find_element(By.NAME, "part").get_attribute("value")
    assert "shuffling" == driver.find_element(By.NAME, "q").get_attribute("value")


def test_fragment_of_nonsense_shows_everything(opened):
    """Values that no claim has, and claims that there are not, are no obstacle."""
    driver = opened("#part=nowhere&verdict=perhaps&claim=a/b&%E0%A4=%")

    assert "All 16 claims." == status(driver)


@pytest.mark.parametrize("link", ["#claim=state/warm-up", "#state--warm-up"], ids=["address", "anchor"])
def test_claim_is_a_link(opened, link):
    """A link to a claim opens it, brings it into view and puts the focus there."""
    driver = opened(link)

    assert is_open(driver, "state/warm-up")
    assert "#claim=state/warm-up" == fragment(driver)
    assert -1 <= claim(driver, "state/warm-up").rect["y"] - driver.execute_script("return scrollY") < 450
    assert "A warm-up suffices." in driver.switch_to.active_element.text


def test_link_between_claims_shows_one_that_the_filters_hide(opened):
    """What contradicts a claim is one click away, whatever is filtered; the way back restores the view."""
    driver = opened("#part=keeping-state-between-batches&claim=state/k-predicts-b")
    link = claim(driver, "state/k-predicts-b").find_element(By.CSS_SELECTOR, 'a[href="#comment-12--k-predicts-l"]')
    link.click()

    WebDriverWait(driver, 5).until(lambda _: is_open(driver, "comment-12/k-predicts-l"))
    assert "All 16 claims." == status(driver)
    assert "#claim=comment-12/k-predicts-l" == fragment(driver)

    driver.back()

    WebDriverWait(driver, 5).until(lambda _: status(driver) == "5 of 16 claims.")
    assert is_open(driver, "state/k-predicts-b")


def test_everything_is_reached_and_opened_by_keyboard_alone(opened):
    """Tab goes from the skip link over all filters to the claims; Space and Enter open and close; focus is visible."""
    driver = opened()
    reached = []
    for _ in range(60):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        active = driver.switch_to.active_element
        reached.append(active.get_attribute("name") or active.text)
        assert "none" != active.value_of_css_property("outline-style")
        if "One letter at a time is not learned" in active.text:
            break

    assert "Skip to the claims" == reached[0]
    assert ["q", "verdict", "verdict", "verdict", "verdict", "part", "kind", "fail", "topic"] == [
        name for name in reached if name in {"q", "verdict", "part", "kind", "fail", "topic"}
    ]

    for key in (Keys.SPACE, Keys.ENTER):
        driver.switch_to.active_element.send_keys(key)

        assert is_open(driver, "one-char/does-not-learn") == (key == Keys.SPACE)

    driver.switch_to.active_element.send_keys(Keys.ENTER, Keys.TAB)

    assert "Seed by seed" == driver.switch_to.active_element.text


def test_skip_link_leads_to_the_claims(opened):
    """The first Tab and Enter pass everything that stands before the claims."""
    driver = opened()
    driver.switch_to.active_element.send_keys(Keys.TAB)
    driver.switch_to.active_element.send_keys(Keys.ENTER)

    assert "claims" == driver.switch_to.active_element.get_attribute("id")


def test_open_claim_shows_its_seeds_and_numbers(opened):
    """Marks, figures, what contradicts it, its test and the command."""
    driver = opened("#claim=state/k-predicts-b")
    text = claim(driver, "state/k-predicts-b").text

    for words in (
        "SUPPORTED: holds with 36 of 36 seeds",
        "Seeds 0 to 35: holds 36×",
        "Published: K → B",
        "Contradicts comment-12/k-predicts-l, ● SUPPORTED; contested",
        "claims/test_state.py:12",
        "pytest claims/ --claim state/k-predicts-b",
    ):
        assert words in text.replace("\u00a0", " ")
    assert 36 == claim(driver, "state/k-predicts-b").find_element(By.CLASS_NAME, "seeds").text.count("●")


def test_tags_of_a_claim_are_seen_and_not_run(opened):
    """What looks like a script in a statement, a note or a value is text on the page."""
    driver = opened("#claim=windows/nasty")
    claim(driver, "windows/nasty").find_element(By.CSS_SELECTOR, ".seedwise summary").click()

    assert 2 + 5 + 5 == claim(driver, "windows/nasty").text.count(NASTY)
    assert "The claims and the evidence" == driver.title


def test_picture_is_drawn_in_its_claim_and_linked_there(opened):
    """The claim's own copy has the picture's size; the link below it leads to the picture with its caption."""
    driver = opened("#claim=state/warm-up", name="pictures.html")
    figure = claim(driver, "state/warm-up").find_element(By.TAG_NAME, "figure")
    width, height = driver.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return [r.width, r.height]",
        figure.find_element(By.TAG_NAME, "use"),
    )
    figure.find_element(By.TAG_NAME, "a").click()
    picture = driver.find_element(By.CSS_SELECTOR, ".picture")

    assert 3 == pytest.approx(width / height, rel=0.05)
    assert "Down is good." in picture.text
    assert driver.execute_script("return arguments[0].getBoundingClientRect().top < innerHeight", picture)


@pytest.mark.parametrize("width", [320, 390, 800, 1400])
def test_no_width_scrolls_sideways(opened, width):
    """From a small phone to a desktop, with claims open, only tables scroll by themselves."""
    driver = opened(width=width)
    driver.execute_script("document.querySelectorAll('details').forEach((one) => { one.open = true })")

    assert [] == driver.execute_script(
        "const page = document.documentElement; return page.scrollWidth > page.clientWidth ? [page.scrollWidth] : []"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400], ids=["phone", "desktop"])
def test_every_text_has_contrast(opened, scheme, width):
    """At least 4.5 to 1 for every text, open claims included, on light and on dark ground."""
    driver = opened(scheme=scheme, width=width)
    driver.execute_script("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    contrast, text = driver.execute_script(CONTRAST)

    assert 4.5 <= contrast, text


def test_dark_mode_is_dark(opened):
    """Who prefers dark gets light text on dark ground."""

    def ground(scheme):
        driver = opened(scheme=scheme)
        colour = driver.find_element(By.TAG_NAME, "body").value_of_css_property("background-color")
        return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3

    assert ground("dark") < 64 < 192 < ground("light")


def test_screen_reader_is_told_roles_and_names(opened):
    """Controls have names, marks are told in words; claims are headings below their section; the number is a status."""
    driver = opened("#claim=state/few-units-suffice")
    told = tree(driver)

    for role, name in (
        ("link", "Skip to the claims"),
        ("heading", "The claims and the evidence"),
        ("searchbox", "Search"),
        ("checkbox", "refuted 4"),
        ("combobox", "Section or comment"),
        ("heading", str(STATE.heading)),
        ("heading", "Few units and few epochs suffice."),
        ("heading", "Seeds 0 to 19: holds 2×, does not hold 18×"),
        ("link", "5 hold"),
    ):
        assert (role, name) in told
    assert "status" in {role for role, _ in told}
    for role, name in told:
        assert name or role not in NAMED


def test_headings_leave_no_level_out(opened):
    """From one heading to the next the level grows by one at most."""
    driver = opened()
    levels = driver.execute_script("return [...document.querySelectorAll('h1,h2,h3,h4,h5')].map((h) => +h.tagName[1])")

    assert 1 == levels[0] == levels.count(1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_nothing_is_fetched(opened):
    """The page is one file: no other is asked for."""
    driver = opened("#claim=state/warm-up")

    assert [] == driver.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)")


def test_without_javascript_all_is_readable(chromium, opened):
    """No filters then, but every claim is shown and opens, and a link to a claim leads to it."""
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver = opened()
        filters = driver.find_element(By.CLASS_NAME, "filters").is_displayed()
        claims = [one.is_displayed() for one in driver.find_elements(By.CSS_SELECTOR, ".claim > summary")]
        one = claim(driver, "comment-4/no-reset")
        before = "First" in one.text or "Criterion" in one.text
        one.find_element(By.TAG_NAME, "summary").click()
        after = "Criterion: possible()" in one.text
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert (False, [True] * 16) == (filters, claims)
    assert (False, True) == (before, after)


def test_print_leaves_out_what_paper_cannot_use(chromium, opened):
    """On paper: the claims, without filters and skip link, in dark ink."""
    driver = opened(scheme="dark")
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        seen = {
            name: driver.find_element(By.CSS_SELECTOR, name).is_displayed()
            for name in (".filters", ".skip", ".claim h4")
        }
        ink = driver.find_element(By.TAG_NAME, "body").value_of_css_property("color")
    finally:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    assert {".filters": False, ".skip": False, ".claim h4": True} == seen
    assert "rgba(0, 0, 0, 1)" == ink
