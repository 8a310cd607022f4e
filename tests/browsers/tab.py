"""One page in a browser, with the verbs that every browser has."""

from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Page
from selenium.webdriver import ActionChains, Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.stack import wait_for

FOCUS = """selector => {
    const element = document.querySelector(selector);
    if (document.activeElement !== element) element.focus();
}"""


class Tab(Protocol):
    """A page; ``selector`` is CSS, and the element that it names must be there already."""

    def open(self, address: str) -> None:
        """Load a page and run its scripts; pictures may still be on their way."""

    def run(self, function: str, *args: object) -> Any:
        """Call a JavaScript function, which may be async, and return what it returns."""

    def press(self, selector: str, keys: str) -> None:
        """Press keys, one after the other, while the element has the focus."""

    def click(self, selector: str) -> None:
        """Scroll to the element and click it as a mouse does."""

    def resize(self, width: int, height: int) -> None:
        """Give the page so many CSS pixels."""

    def screenshot(self, path: Path) -> None:
        """Write what is seen as a PNG file."""


def wait_for_size(tab: Tab, width: int, height: int) -> None:
    size = "() => [innerWidth, innerHeight]"
    wait_for(lambda: tab.run(size) == [width, height], 10, f"The page is not {width} × {height}")


class PlaywrightTab:
    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address, wait_until="domcontentloaded")

    def run(self, function: str, *args: object) -> Any:
        return self.page.evaluate(f"args => ({function})(...args)", args)

    def press(self, selector: str, keys: str) -> None:
        self.page.locator(selector).press_sequentially(keys)

    def click(self, selector: str) -> None:
        self.page.locator(selector).click()

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        wait_for_size(self, width, height)

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)


class WebDriverTab:
    def __init__(self, driver: Remote) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        self.run("() => { document.isLeft = true; }")
        self.driver.get(address)
        is_there = "() => !document.isLeft && document.readyState !== 'loading'"
        wait_for(lambda: self.run(is_there), 30, f"{address} does not load")

    def run(self, function: str, *args: object) -> Any:
        return self.driver.execute_script(f"return ({function})(...arguments)", *args)

    def press(self, selector: str, keys: str) -> None:
        self.run(FOCUS, selector)  # an element's send_keys would scroll the page each time
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def click(self, selector: str) -> None:
        self.run("selector => document.querySelector(selector).scrollIntoView()", selector)
        self._element(selector).click()

    def resize(self, width: int, height: int) -> None:
        self.driver.set_window_size(width, height)
        bar = height - self.run("() => innerHeight")
        self.driver.set_window_size(width, height + bar)
        wait_for_size(self, width, height)

    def screenshot(self, path: Path) -> None:
        self.driver.save_screenshot(path)

    def _element(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)
