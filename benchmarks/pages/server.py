"""``python -m benchmarks.pages.server``: opens pages of one database, as its parent asks for them.

Each line of the input is a list: ``["open", path, e-mail]``, ``["explain", path, e-mail]``,
``["fill", videos]`` or ``["pages"]``; each line of the output is the answer, as JSON.
"""

import json
import logging
import os
import sys

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suno_portal.settings")
django.setup(set_prefix=False)

from benchmarks.pages import addresses, rows, visits  # noqa: E402 - models need the applications


def main() -> None:
    """Answer until the input ends."""
    logging.disable()  # of pages that are refused: they are left out
    for name in dir(settings):
        if name.startswith("RATION_"):
            setattr(settings, name, (0, 0, 1))
    settings.PAGE_BUDGET = 0
    visitors = visits.Visitors()
    for line in sys.stdin:
        print(json.dumps(answer(visitors, *json.loads(line))), flush=True)


def answer(visitors: visits.Visitors, command: str, *words: str) -> object:
    """Return the answer to one command."""
    if command == "fill":
        rows.fill(int(words[0]))
        rows.update_statistics()
        return []
    if command == "pages":
        return [[page.path, page.email] for page in addresses.pages()]
    visit = visitors.open(addresses.Page(*words))
    scanned = visits.scans(visit) if command == "explain" else []
    return {
        "status": visit.status,
        "is_page": visit.is_page,
        "ms": visit.milliseconds,
        "queries": len(visit.queries),
        "scans": scanned,
    }


if __name__ == "__main__":
    main()
