"""What tests ask of the page in a browser, for those that open it there."""

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

# The least contrast between a visible text and the ground it stands on, and that text.
CONTRAST = """
const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = (colour) => {
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = channels(colour).map((c) => linear(c / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (element) => {
  for (let one = element; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if ((channels(colour)[3] ?? 1) === 1) return colour;
  }
  throw new Error("no ground");
};
let least = [21, ""];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.textContent.trim() || element.closest("script, svg") || !element.checkVisibility()) continue;
  const pair = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
  const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
  if (contrast < least[0]) least = [contrast, texts.currentNode.textContent];
}
return least;
"""

# How many nodes the document has, of every kind.
NODES = """
const nodes = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
let number = 1;
while (nodes.nextNode()) number += 1;
return number;
"""


def shown(driver):
    """The ids of the claims that are shown."""
    return [one.get_attribute("data-id") for one in driver.find_elements(By.CSS_SELECTOR, ".claim:not([hidden])")]


def status(driver):
    """What the page announces."""
    return driver.find_element(By.CSS_SELECTOR, "[role=status]").text


def fragment(driver):
    """The fragment of the address."""
    return driver.execute_script("return location.hash")


def choose(driver, facet, value):
    """Choose a value of a facet."""
    Select(driver.find_element(By.NAME, facet)).select_by_value(value)


def claim(driver, id):
    """The element of a claim."""
    return driver.find_element(By.CSS_SELECTOR, f'[data-id="{id}"]')


def is_open(driver, id):
    """Whether a claim is open."""
    return claim(driver, id).get_attribute("open") is not None


def tree(driver):
    """What a screen reader is told: (role, name) of each element, in order."""
    nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]


def top(driver, selector):
    """How far the first of these elements is below the top of the screen, in pixels."""
    element = driver.find_element(By.CSS_SELECTOR, selector)
    return driver.execute_script("return arguments[0].getBoundingClientRect().top", element)


def widths(driver, selector):
    """The widths of these elements, in pixels."""
    script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.getBoundingClientRect().width)"
    return driver.execute_script(script, selector)
