"""Fixtures: programs that call the API, and a song."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.caller import Caller
    from videos.models import Track


@pytest.fixture
def caller(db: None) -> "Caller":
    """Return a program with a key of a new person."""
    from tests.api.caller import Caller
    from tests.factories import a_user

    return Caller(a_user())


@pytest.fixture
def stranger(db: None) -> "Caller":
    """Return somebody else's program."""
    from tests.api.caller import Caller
    from tests.factories import a_user

    return Caller(a_user())


@pytest.fixture
def track(caller: "Caller") -> "Track":
    """Return a song of that person that can be rendered."""
    from tests.factories import a_playable_track

    return a_playable_track(caller.owner, lyrics="[Verse]\nHello wide world\nGood night")
