"""The first screen in a real browser: on a phone, a tablet and a desktop, by keyboard, without a script, on paper."""

import contextlib

import pytest

pytest.importorskip("selenium", reason="no selenium here; pip install -e '.[dev]' brings it")

from browser import CONTRAST, claim, fragment, is_open, shown, status, top, widths
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PHONE, TABLET, DESKTOP = 360, 768, 1280
FRONT = "front.html"
SCREEN = 900  # pixels, its height
BELOW_THE_SEARCH = 220  # pixels: what leads somewhere leaves it at the top, below the search


@contextlib.contextmanager
def without_scripts(chromium):
    """No page runs its script."""
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        yield
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@contextlib.contextmanager
def on_paper(chromium):
    """As it is printed."""
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        yield
    finally:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def displayed(driver, *selectors):
    """Whether the first element of each selector is seen; what is folded is not, unless a style shows it."""
    script = "return arguments[0].map((one) => document.querySelector(one).checkVisibility())"
    return driver.execute_script(script, selectors)


def only(driver):
    """What the page says is chosen."""
    return driver.find_element(By.CLASS_NAME, "only").text


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
def test_bars_are_drawn_to_scale(opened, width):
    """Whatever the width: each part is as wide as its share, and the labels stand outside."""
    driver = opened(width=width, name=FRONT)
    (bar, *_), parts = widths(driver, ".bars .bar"), widths(driver, ".bars li:first-child rect")
    counts = [int(one.text.split()[1]) for one in driver.find_elements(By.CSS_SELECTOR, ".bars li:first-child a")]

    assert len(counts) >= 3
    assert [bar * count / sum(counts) for count in counts] == pytest.approx(parts, abs=0.5)


def test_first_claim_is_within_two_screens_of_a_phone(opened):
    """Of 640 pixels each, without a script, too: what is long is folded there."""
    assert 0 < top(opened(width=PHONE, name=FRONT), ".claim") <= 2 * 640


@pytest.mark.parametrize(("width", "are_seen"), [(PHONE, False), (TABLET, True), (DESKTOP, True)])
@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_findings_and_answers_are_seen_where_there_is_room(chromium, opened, width, are_seen, scripts):
    """On a phone they are folded; nowhere does that take a script."""
    with contextlib.nullcontext() if scripts else without_scripts(chromium):
        driver = opened(width=width, name=FRONT)

        assert [are_seen] * 2 == displayed(driver, ".question p", ".glance li")
        assert [True] * 4 == displayed(driver, "h1 a", ".answer", ".bar", ".question summary")


def test_filter_link_leads_to_the_list_and_says_what_is_chosen(opened):
    """A part of a bar shows its claims alone; one button shows all again."""
    driver = opened(name=FRONT)
    driver.find_element(By.CSS_SELECTOR, ".bars li:first-child a.refuted").click()
    WebDriverWait(driver, 5).until(lambda _: only(driver))

    assert "Only: refuted; the text; stated." == only(driver)
    assert "3 of 16 claims." == status(driver)
    assert "#verdict=refuted&stance=stated&voice=text" == fragment(driver)
    assert 0 <= top(driver, "#claims") < BELOW_THE_SEARCH

    driver.find_element(By.CSS_SELECTOR, ".finder button").click()
    WebDriverWait(driver, 5).until(lambda _: status(driver) == "All 16 claims.")

    assert [False, False] == displayed(driver, ".only", ".finder button")


def test_filter_link_leads_to_the_list_a_second_time(opened):
    """Though the address is the same already."""
    driver = opened(name=FRONT)
    link = driver.find_element(By.CSS_SELECTOR, ".bars li:first-child a.supported")
    for _ in range(2):
        driver.execute_script("scrollTo(0, 0)")
        link.click()
        WebDriverWait(driver, 5).until(lambda _: top(driver, "#claims") < BELOW_THE_SEARCH)

        assert "5 of 16 claims." == status(driver)


def test_symptom_opens_the_claims_that_explain_it(opened):
    """These alone, all open, and the symptom is named; the address does it again for the next reader."""
    driver = opened("#symptoms", name=FRONT)
    driver.find_element(By.PARTIAL_LINK_TEXT, "It forgets after").click()
    WebDriverWait(driver, 5).until(lambda _: only(driver))

    assert ["state/k-predicts-b", "state/warm-up"] == shown(driver)
    assert all(is_open(driver, id) for id in shown(driver))
    assert "Only: It forgets after reset." == only(driver)
    assert 0 <= top(driver, "#claims") < BELOW_THE_SEARCH

    address = fragment(driver)
    driver = opened(address, name=FRONT)

    assert "#only=state/k-predicts-b,state/warm-up" == address
    assert ["state/k-predicts-b", "state/warm-up"] == shown(driver)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("84.00", "one-char/does-not-learn"),
        ("K → B", "state/k-predicts-b"),
        ("largest +0.17", "windows/steps-beat-features"),
        ("dear 5000", "state/few-units-suffice"),
        ("got shape wanted", "state/fails"),
    ],
    ids=["published", "answer", "value", "reason", "error"],
)
def test_what_is_folded_is_found(opened, words, found):
    """Published figures, values, reasons and errors; below the claim stands where it was found."""
    driver = opened(name=FRONT)
    driver.find_element(By.NAME, "q").send_keys(words)

    assert found in shown(driver)
    assert len(shown(driver)) < 16
    hit = claim(driver, found).find_element(By.CLASS_NAME, "hit")
    assert any(word.lower() in hit.find_element(By.TAG_NAME, "mark").text.lower() for word in words.split())


def test_search_goes_with_the_reader(opened):
    """What is found comes into view at the first letter, and the search stays above it with what is chosen."""
    driver = opened(name=FRONT, width=PHONE)
    search = driver.find_element(By.NAME, "q")
    search.send_keys("warm")

    assert 0 < top(driver, '.claim[data-id="state/warm-up"]') < SCREEN
    assert search == driver.switch_to.active_element
    assert 0 <= top(driver, ".finder input") < 60
    assert "Only: “warm”." == only(driver)


def test_keyboard_alone_searches_and_opens_a_claim(opened):
    """Tab to the search, words, Enter; Tab to the claim, Enter."""
    driver = opened(name=FRONT, width=PHONE)
    for _ in range(20):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        if driver.switch_to.active_element.get_attribute("name") == "q":
            break
    driver.switch_to.active_element.send_keys("warm-up suffices", Keys.ENTER)
    assert "claims" == driver.switch_to.active_element.get_attribute("id")
    for _ in range(5):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        if "A warm-up suffices." in driver.switch_to.active_element.text:
            break
    driver.switch_to.active_element.send_keys(Keys.ENTER)

    assert is_open(driver, "state/warm-up")


def test_link_to_a_folded_chapter_unfolds_it(opened):
    """Within the page and from outside."""
    driver = opened("#how-sure", name=FRONT)

    assert [True] == displayed(driver, "#how-sure .introduction")
    assert 0 <= top(driver, "#how-sure") < BELOW_THE_SEARCH


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_without_a_script_an_anchor_opens_the_claim_at_its_sentence(chromium, opened, width):
    """Sentence and verdict are at the top of the screen, and below them is all that is told of it."""
    with without_scripts(chromium):
        driver = opened("#state--warm-up", width=width, name=FRONT)
        parts = displayed(driver, *(f"#state--warm-up {part}" for part in ("h4", ".verdict", ".found")))
        others = displayed(driver, "#state--k-predicts-b h4", "#state--k-predicts-b .found")
        where = top(driver, "#state--warm-up")

    assert ([True] * 3, [True, False]) == (parts, others)
    assert -1 <= where < BELOW_THE_SEARCH


def test_without_a_script_links_lead_somewhere(chromium, opened):
    """A part of a bar to the claims, a symptom to the first of its claims, a chapter to itself, unfolded."""
    with without_scripts(chromium):
        driver = opened("#how-sure", name=FRONT)
        seen = displayed(driver, "#how-sure .introduction", ".finder")
        links = {
            one.get_attribute("href").partition("#")[2] for one in driver.find_elements(By.CSS_SELECTOR, ".bars a")
        }
        symptom = driver.find_element(By.CSS_SELECTOR, "#symptoms a").get_attribute("href").partition("#")[2]

    assert [True, False] == seen
    assert {"claims"} == links
    assert "state--k-predicts-b" == symptom


def test_paper_has_answers_findings_and_pictures(chromium, opened):
    """What is folded on the first screen is unfolded; of a folded claim sentence and verdict are printed."""
    driver = opened(width=PHONE, name=FRONT)
    with on_paper(chromium):
        seen = displayed(driver, ".question p", ".glance li", "#what-to-teach li", "#how-sure pre", ".claim .verdict")
        hidden = displayed(driver, ".finder", "nav", ".claim .found")

    assert ([True] * 5, [False] * 3) == (seen, hidden)

    driver = opened(name="pictures.html")
    with on_paper(chromium):
        picture = displayed(driver, ".picture svg", ".picture figcaption")

    assert [True, True] == picture


def test_paper_says_what_was_chosen(chromium, opened):
    """A printed list of some claims does not look like all."""
    driver = opened("#verdict=refuted", name=FRONT)
    with on_paper(chromium):
        seen = displayed(driver, ".only", ".finder input")

    assert [True, False] == seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
def test_every_text_has_contrast_and_no_width_scrolls_sideways(opened, width, scheme):
    """At least 4.5 to 1, with everything open, and a search that marks what it found."""
    driver = opened("#q=letters", width=width, scheme=scheme, name=FRONT)
    driver.execute_script("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    contrast, text = driver.execute_script(CONTRAST)

    assert 4.5 <= contrast, text
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_sizes_of_letters_can_be_read_on_a_phone(opened):
    """At least 11 pixels, in claims with their rates, too."""
    driver = opened("#state--k-predicts-b", width=PHONE, name=FRONT)
    script = """
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let least = 99;
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.textContent.trim() || element.closest("script") || !element.checkVisibility()) continue;
      least = Math.min(least, parseFloat(getComputedStyle(element).fontSize));
    }
    return least;
    """

    assert 11 <= driver.execute_script(script)
