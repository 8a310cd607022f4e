"""Fixtures: stand-ins for vendors, with our clients of them."""

from collections.abc import Callable, Iterator

import pytest

from tests.standin import Dialect, StandIn
from videos.providers.base import Vendor
from videos.providers.registry import vendor

Opened = Callable[..., tuple[StandIn, Vendor]]


@pytest.fixture
def opened(settings) -> Iterator[Opened]:
    """Yield a function that starts a stand-in and returns it with our client of it."""
    started: list[StandIn] = []

    def start(name: str = "kie", dialect: Dialect | None = None) -> tuple[StandIn, Vendor]:
        standin = StandIn(name, dialect).__enter__()
        started.append(standin)
        settings.VENDORS = {name: standin.settings}
        return standin, vendor(name)

    yield start
    for standin in started:
        standin.__exit__()
