"""The page in a real browser: Chromium without a window, where there is one."""

import shutil

import pytest
from fronts import FRONT
from ledgers import WINDOWS, entry, everything, record

from lstm_lab.judging.criteria.exact import always
from lstm_lab.judging.report import files
from lstm_lab.judging.report.html import page
from lstm_lab.judging.report.plots.catalogue import MODELS, Plot
from lstm_lab.judging.report.report import Report

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # refused to root otherwise, as whom a container's tests run
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
CURVES = '<svg viewBox="0 0 300 100"><path id="p" d="M 0 0 L 300 100" stroke="#757a80"/></svg>'
NASTY = '<script>document.title = "taken"</script>'


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the page of a run that has everything stands, with a claim of tags.

    Beside it the same with a picture of one claim, and with a front page.
    """
    folder = tmp_path_factory.mktemp("page")
    ledger = everything()
    nasty = entry(
        "windows/nasty", always(), source=WINDOWS, statement=f"It is {NASTY}.", docstring=NASTY, stance="probe"
    )
    ledger.catalogue["windows/nasty"] = nasty
    record(ledger, nasty, [True] * 5, lambda seed: {"value": f"{NASTY} {seed}"})
    files.write(Report(ledger), folder / "REPORT.md")
    picture = Plot("curves", "Learning curves", "Down is good.", ("state/warm-up",), MODELS, lambda: CURVES)
    report = Report(ledger)
    vars(report)["plots"] = (picture,)  # in place of those that would be drawn
    (folder / "pictures.html").write_text(page.render(report), encoding="utf-8")
    ledger.front_page = FRONT
    (folder / "front.html").write_text(page.render(Report(ledger)), encoding="utf-8")
    return (folder / "report.html").as_uri()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """One browser for all tests, with a profile of its own."""
    if not (BROWSER and DRIVER):
        pytest.skip("no Chromium with chromedriver here; apt-get install chromium chromium-driver")
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(chromium, address):
    """Open the page, as a new visitor, at a fragment; nothing may be said on the console."""

    def visit(fragment="", *, width=1400, scheme="light", name="report.html"):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        chromium.get("about:blank")
        chromium.get(address.replace("report.html", name) + fragment)
        return chromium

    chromium.get_log("browser")
    yield visit
    assert [] == chromium.get_log("browser")
