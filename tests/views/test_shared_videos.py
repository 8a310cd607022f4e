"""Who gets a video by its link."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory

from tests.factories import a_finished_video
from videos.models import User, Video
from videos.views.shared_videos import get_openable_video, get_visible_video

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


def test_one_with_a_password_can_be_opened_and_is_not_there_until_it_is_entered():
    video = a_finished_video(visibility="password")
    with pytest.raises(Http404):
        get_as(AnonymousUser(), video)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert get_openable_video(request, video.slug) == video
    assert get_as(video.owner, video) == video
