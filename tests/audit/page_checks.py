"""What can be checked of any page in Chromium: axe's rules, what is cut off, what jumps, weight."""

from pathlib import Path
from typing import Any, TypedDict

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# The label of Django's own search is a picture with a text, and axe reads letters only
NOT_OURS = ["#searchbar"]

# Colours of the other theme are there when its transitions are over
_RUN_AXE = """async ([rules, exclude]) => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const isTransition = (each) => each instanceof CSSTransition;
    const transitions = () => document.getAnimations().filter(isTransition);
    const start = performance.now();
    while (transitions().length && performance.now() - start < 3000) await frame();
    for (const each of transitions()) each.finish();
    const options = {resultTypes: ["violations"]};
    if (rules.length) options.runOnly = rules;
    const {violations} = await axe.run({exclude}, options);
    const at = ({target, failureSummary}) => `${target.join(" ")}: ${failureSummary}`;
    return violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(at).join("; ")}`);
}"""

# Texts that end beside the window, or in an element that hides its overflow without a sign
_CUT_OFF = """() => {
    const isHidden = (element) => element.closest(".visually-hidden, .skip-link, .honeypot");
    const clips = ({overflowX}) => ["hidden", "clip", "auto", "scroll"].includes(overflowX);
    const isInside = (element) => {
        let parent = element;
        while ((parent = parent.parentElement) && parent.id !== "main" && parent !== document.body)
            if (clips(getComputedStyle(parent))) return true;
        return false;
    };
    const texts = [...document.querySelectorAll("body *")].filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
        && element.checkVisibility({visibilityProperty: true, opacityProperty: true})
        && !isHidden(element));
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push("the page scrolls sideways");
    for (const element of texts) {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const isBeside = (box.right > width + 1 || box.left < -1) && !isInside(element);
        const isClipped = ["hidden", "clip"].includes(style.overflowX)
            && style.textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1;
        const name = element.className || element.tagName;
        if (isBeside || isClipped) found.push(`${name}: ${element.innerText}`.slice(0, 90));
    }
    return found;
}"""

OBSERVE = """
    window.shifts = [];
    const name = ({node}) => node?.className || node?.nodeName;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        if (!entry.hadRecentInput) window.shifts.push([entry.value, ...entry.sources.map(name)]);
    })).observe({type: "layout-shift", buffered: true});
"""

_WEIGHT = """() => {
    const files = performance.getEntriesByType("resource");
    const pictures = files.filter(({initiatorType}) => ["img", "css"].includes(initiatorType)
        || /(webp|jpg|svg)$/.test(initiatorType));
    const sum = (list) => list.reduce((bytes, file) => bytes + file.encodedBodySize, 0);
    return {requests: files.length + 1, pictures: sum(pictures),
        shift: window.shifts.reduce((sum, [value]) => sum + value, 0), shifts: window.shifts};
}"""

_MOVING = """() => document.getAnimations().filter((animation) =>
    animation.playState === "running"
    && animation.effect.getComputedTiming().endTime > 50).length"""


class Weight(TypedDict):
    """What a page loaded, without its film."""

    requests: int
    pictures: int  # bytes
    shift: float  # of the layout, as Chromium counts it
    shifts: list[list[Any]]  # the value of each, and what moved


def axe_violations(page: Page, *rules: str) -> list[str]:
    """Return what axe finds on the page as it is, by all of its rules or by some."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[str] = page.evaluate(_RUN_AXE, [list(rules), NOT_OURS])
    return violations


def cut_off(page: Page) -> list[str]:
    """Return the texts that do not fit, and whether the page scrolls sideways."""
    texts: list[str] = page.evaluate(_CUT_OFF)
    return texts


def weight(page: Page) -> Weight:
    """Return what the page has loaded so far; ``OBSERVE`` must run before it."""
    loaded: Any = page.evaluate(_WEIGHT)
    return Weight(**loaded)


def moving_parts(page: Page) -> int:
    """Return how many animations run now for more than 50 ms."""
    return int(page.evaluate(_MOVING))
