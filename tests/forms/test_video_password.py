"""The form by which a visitor opens a video that has a password."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from tests.factories import a_finished_video
from videos.forms.video_password import VideoPasswordForm

pytestmark = pytest.mark.django_db


def errors_of(video, text: str) -> list[str]:
    form = VideoPasswordForm(RequestFactory().get("/"), video, QueryDict(text))
    return [] if form.is_valid() else list(form.errors["password"])


def test_it_says_what_is_wrong(settings):
    settings.RATION_PASSWORDS = [2, 10, 60]
    video = a_finished_video(visibility="password")
    video.set_password("tulip boat")
    assert errors_of(video, "") == ["Enter the password."]
    assert errors_of(video, "password=+tulip+boat+") == []
    assert errors_of(video, "password=Tulip+boat") == ["This is not the password of this video."]
    assert errors_of(video, "password=x") == ["This is not the password of this video."]
    assert errors_of(video, "password=tulip+boat") == [
        "Too many wrong passwords. Wait a while, then try again."
    ]
