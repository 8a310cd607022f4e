"""What the audit calls too bad, by page."""

from dataclasses import replace

import pytest

from tests.audit.lighthouse import Result

GOOD = {"performance": 96, "accessibility": 100, "best-practices": 98, "seo": 100}
PAGE = Result("library", GOOD, 0.0, 30, 150_000, 90_000, 40_000, [])


def test_a_good_page_misses_nothing():
    assert PAGE.missed() == []
    assert replace(PAGE, scores=GOOD | {"seo": 58}).missed() == []  # nobody may index it


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"scores": GOOD | {"performance": 89}}, "performance 89 < 90"),
        ({"scores": GOOD | {"accessibility": 97}}, "accessibility"),
        ({"name": "front", "scores": GOOD | {"performance": 94}}, "performance 94 < 95"),
        ({"name": "share", "scores": GOOD | {"seo": 97}}, "seo"),
        ({"name": "share", "first": 100_001}, "before the film"),
        ({"pictures": 400_001}, "pictures"),
        ({"shift": 0.05}, "layout shift 0.050"),
    ],
)
def test_what_is_worse_than_it_must_be_is_named(changes, word):
    [missed] = replace(PAGE, **changes).missed()
    assert word in missed
