"""How many rows an address shows."""

import pytest
from django.test import RequestFactory

from videos.views.paging import page_size


@pytest.mark.parametrize(
    ("pages", "rows"),
    [("", 24), ("3", 72), ("0", 24), ("99", 240), ("-1", 24), ("x", 24), ("9" * 30, 24)],
)
def test_it_shows_so_many_pages_and_no_more_than_ten(pages, rows):
    assert page_size(RequestFactory().get("/", {"pages": pages})) == rows
