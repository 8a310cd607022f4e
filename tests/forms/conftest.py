"""Fixtures of the forms."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def close_uploads() -> Iterator[None]:
    """Close the uploaded files, as the end of a request does."""
    from tests.forms.uploads import uploads  # not above: this is read before Django is set up

    yield
    while uploads:
        uploads.pop().close()
