"""Lists that grow by *Load more*: how many pages an address shows, one after the other."""

from django.http import HttpRequest

from videos import keyset

MAX_PAGES = 10  # after which *Load more* leads to a page of its own


def page_size(request: HttpRequest) -> int:
    """Return how many rows the page shows: ``?pages=`` pages, which load_more.js counts up.

    So the way back from one of the rows leads to the same place.
    """
    text = request.GET.get("pages", "")
    pages = int(text) if text.isdecimal() and len(text) < 3 else 1
    return keyset.PAGE_SIZE * max(1, min(MAX_PAGES, pages))
