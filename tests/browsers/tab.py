"""One page in a browser, with the verbs that every browser has."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Error, Page
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.stack import wait_for

FOCUS = """selector => {
    const element = document.querySelector(selector);
    if (document.activeElement !== element) element.focus();
}"""

HAS_RUN_SCRIPTS = """() => {
    const [navigation] = performance.getEntriesByType("navigation");
    return !document.isLeft && navigation.domContentLoadedEventEnd > 0;
}"""
SIZE = "element => [element.clientWidth, element.clientHeight]"

RESIZE_SECONDS = 0.2
Place = tuple[float, float]


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

    def drag(self, selector: str, start: Place, end: Place) -> None:
        """Drag with a mouse within an element; places are CSS pixels from its upper left corner."""

    def resize(self, width: int, height: int) -> None:
        """Give the page so many CSS pixels."""

    def screenshot(self, path: Path) -> None:
        """Write what is seen as a PNG file."""


def wait_for_size(tab: Tab, width: int, height: int) -> None:
    size = "() => [innerWidth, innerHeight]"
    wait_for(lambda: tab.run(size) == [width, height], 10, f"The page is not {width} × {height}")


def wait_for_value(
    tab: Tab, function: str, value: object, seconds: float, message: str | Callable[[], str]
) -> None:
    """Wait until ``function`` returns ``value``, also while the page leaves for the next one."""

    def has_value() -> bool:
        with suppress(Error, WebDriverException):
            return tab.run(function) == value
        return False

    wait_for(has_value, seconds, message)


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

    def drag(self, selector: str, start: Place, end: Place) -> None:
        element, mouse = self.page.locator(selector), self.page.mouse
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box
        mouse.move(box["x"] + start[0], box["y"] + start[1])
        mouse.down()
        mouse.move(box["x"] + end[0], box["y"] + end[1], steps=4)
        mouse.up()

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
        wait_for(lambda: self.run(HAS_RUN_SCRIPTS), 30, f"{address} does not load")

    def run(self, function: str, *args: object) -> Any:
        return self.driver.execute_script(f"return ({function})(...arguments)", *args)

    def press(self, selector: str, keys: str) -> None:
        self.run(FOCUS, selector)  # an element's send_keys would scroll the page each time
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def click(self, selector: str) -> None:
        self._centred(selector).click()

    def drag(self, selector: str, start: Place, end: Place) -> None:
        element = self._centred(selector)
        x, y = (
            place - size // 2 for place, size in zip(start, self.run(SIZE, element), strict=True)
        )
        mouse = ActionChains(self.driver).move_to_element_with_offset(element, x, y)
        mouse.click_and_hold()
        mouse.move_by_offset((end[0] - start[0]) // 2, (end[1] - start[1]) // 2)
        mouse.move_by_offset(*(b - a - (b - a) // 2 for a, b in zip(start, end, strict=True)))
        mouse.release().perform()

    def resize(self, width: int, height: int) -> None:
        bar = 0  # pixels by which the page is lower than its window, which it follows later

        def has_size() -> bool:
            nonlocal bar
            self.driver.set_window_size(width, height + bar)
            time.sleep(RESIZE_SECONDS)
            shown = self.run("() => [innerWidth, innerHeight]")
            bar += height - shown[1] if shown[0] == width else 0
            return shown == [width, height]

        wait_for(has_size, 30, f"The page is not {width} × {height}")

    def screenshot(self, path: Path) -> None:
        self.driver.save_screenshot(path)

    def _centred(self, selector: str) -> WebElement:
        """Return the element, once it is where no header and no bar covers it."""
        element = self.driver.find_element(By.CSS_SELECTOR, selector)
        self.run("element => element.scrollIntoView({block: 'center'})", element)
        return element
