"""Who can watch a video now, in a sentence for its owner."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_finished_video, a_video
from videos.share.audience import audience, is_shared

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "expected", "shared"),
    [
        ({}, "Only you can watch it now.", False),
        ({"visibility": "unlisted"}, "Everybody with the link can watch it now.", True),
        ({"visibility": "public"}, "Everybody can watch it now, and find it on", True),
        ({"visibility": "password", "password": "x"}, "the link and the password", True),
        ({"visibility": "password"}, "no password yet", False),
        ({"visibility": "public", "shared_until": -1}, "its time is over", False),
        ({"visibility": "public", "shared_until": 1}, "Everybody can watch it now", True),
    ],
)
def test_it_says_who_can_watch_now(fields, expected, shared):
    days = fields.pop("shared_until", 0)
    until = timezone.now() + timedelta(days=days) if days else None
    video = a_finished_video(**fields, shared_until=until)
    assert expected in audience(video)
    assert is_shared(video) is shared


def test_a_video_without_a_film_is_its_owners():
    video = a_video(visibility="public")
    assert "there is no film yet" in audience(video)
    assert not is_shared(video)
