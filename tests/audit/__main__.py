"""``python -m tests.audit``: a table of what axe and Lighthouse find on every page.

It ends with 1 where a page is worse than it must be. Names of pages as arguments audit these only;
``--runs`` is how often Lighthouse opens each (5), ``--without-axe`` leaves the first half out.
"""

import shutil
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

from tests.audit import lighthouse, page_checks
from tests.audit.portal import Address, running_portal

LANGUAGES = ("en", "ru", "zh-hans")
THEMES = ("light", "dark")
HEADINGS = (
    "page",
    "perf.",
    "acc.",
    "best",
    "SEO",
    "shift",
    "requests",
    "kB",
    "first kB",
    "pictures",
    "axe",
)


def main() -> int:
    """Audit the pages, print the table and what is too bad in it; return the exit code."""
    parser = ArgumentParser(prog="python -m tests.audit")
    parser.add_argument("names", nargs="*", metavar="PAGE")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--without-axe", action="store_true")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or ""
    with running_portal() as pages:
        chosen = [page for page in pages if not options.names or page.name in options.names]
        violations = Counter() if options.without_axe else _count_violations(chosen, chromium)
        addresses = [_address(page) for page in chosen if page.status == 200]
        faults = [f"{name}: {count} violations" for name, count in violations.items() if count]
        print(_row(HEADINGS), _row(["---", *["---:"] * (len(HEADINGS) - 1)]), sep="\n")
        for result in lighthouse.run(addresses, chromium, options.runs):
            count = "" if options.without_axe else str(violations[result.name])
            print(_row([*_cells(result), count]), flush=True)
            faults += [f"{result.name}: {fault} {result.faults}" for fault in result.missed()]
    print(*faults, sep="\n", file=sys.stderr)
    return 1 if faults else 0


def _count_violations(pages: Sequence[Address], chromium: str) -> Counter[str]:
    """Return how many rules of axe each page breaks, in all languages and both themes."""
    counts: Counter[str] = Counter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for page in pages:
            context = browser.new_context(reduced_motion="reduce")
            if page.session:
                site = urljoin(page.url, "/")
                context.add_cookies([{"name": "sessionid", "value": page.session, "url": site}])
            tab = context.new_page()
            for language in LANGUAGES:
                tab.goto(page.in_language(language))
                for theme in THEMES:
                    tab.emulate_media(color_scheme=theme)
                    violations = page_checks.axe_violations(tab)
                    print(*violations, sep="\n", end="", file=sys.stderr)
                    counts[page.name] += len(violations)
            context.close()
    return counts


def _address(page: Address) -> lighthouse.Address:
    return {"name": page.name, "url": page.url, "session": page.session}


def _cells(result: lighthouse.Result) -> list[str]:
    scores = [
        str(result.scores[name]) for name in ("performance", "accessibility", "best-practices")
    ]
    seo = str(result.scores["seo"]) if result.name in lighthouse.INDEXED else ""
    sizes = [f"{size / 1000:.0f}" for size in (result.bytes, result.first, result.pictures)]
    return [result.name, *scores, seo, f"{result.shift:.3f}", str(result.requests), *sizes]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
