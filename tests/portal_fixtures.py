"""Fixtures: portals whose vendor is a stand-in on loopback, and the data of a new portal."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django.fixtures import Settings

from tests.prepared import copy_migrated_database
from tests.standin import StandIn

if TYPE_CHECKING:
    from tests.portal import Portal


@pytest.fixture
def migrated_folder(tmp_path: Path) -> Path:
    """Return a folder for a process's DATA_DIR with a migrated SQLite database in it."""
    copy_migrated_database(tmp_path / "portal.sqlite3")
    return tmp_path


@pytest.fixture
def portal(vendor, transactional_db) -> "Portal":
    # Leases are renewed from threads, which a transaction around the test would block.
    # The imports are not at the top because this file is read before Django is set up
    from tests.factories import a_user
    from tests.portal import Portal

    return Portal(vendor, a_user())


@pytest.fixture
def crun_portal(portal: "Portal", settings: Settings) -> "Iterator[Portal]":
    """Yield a portal whose vendor makes, and bills, a second video for a repeated order."""
    with StandIn("crun") as crun:
        settings.VENDORS = {"crun": crun.settings}
        settings.ALLOWED_PRIVATE_HOSTS = [crun.host]
        portal.vendor = crun
        yield portal
