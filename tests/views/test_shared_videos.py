"""Who gets a video by its link, and what caches may store of it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from tests.factories import a_finished_video
from videos.models import User, Video
from videos.views.shared_videos import cache_control, get_visible_video

pytestmark = pytest.mark.django_db


def get_as(user: User | AnonymousUser, video: Video) -> Video:
    request = RequestFactory().get("/")
    request.user = user
    return get_visible_video(request, video.slug)


def test_a_private_video_is_its_owners_and_a_shared_one_everybodys():
    video = a_finished_video()
    assert get_as(video.owner, video) == video
    with pytest.raises(Http404):
        get_as(AnonymousUser(), video)
    Video.objects.update(visibility="unlisted")
    assert get_as(AnonymousUser(), video) == video


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [("private", "private"), ("unlisted", "private"), ("public", "public")],
)
def test_only_what_is_public_may_be_in_shared_caches(visibility: str, expected: str):
    assert cache_control(Video(visibility=visibility)) == f"{expected}, no-cache"
