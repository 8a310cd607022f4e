"""A vendor that is not there, set up in a portal."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.portal import Portal


@pytest.fixture
def portal(vendor, transactional_db) -> "Portal":
    # Claims are renewed from threads, which a transaction around the test would keep waiting.
    # Not at the top: this file is read before Django is set up
    from tests.factories import a_user
    from tests.portal import Portal

    return Portal(vendor, a_user())
