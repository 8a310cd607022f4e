"""The form of what is done with several videos at once."""

import pytest
from django.http import QueryDict

from tests.factories import a_user, a_video
from videos.forms import bulk
from videos.forms.bulk import BulkForm

pytestmark = pytest.mark.django_db


def form_of(owner, query):
    form = BulkForm(owner, QueryDict(query))
    form.is_valid()
    return form


def test_own_videos_are_taken_and_those_of_others_are_not():
    video = a_video()
    form = form_of(video.owner, f"video={video.pk}&action=delete")
    assert form.cleaned_data["video"] == [video]
    assert "not there any more" in form_of(a_user(), f"video={video.pk}&action=delete").first_error


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("action=delete", "Choose a video at least."),
        ("video={pk}&action=sell", "what is to be done"),
        ("video={pk}&action=visibility", "Choose who may watch"),
        ("video={pk}&action=visibility&visibility=password", "Choose who may watch"),
    ],
)
def test_a_mistake_is_a_sentence(query, sentence):
    video = a_video()
    assert sentence in form_of(video.owner, query.format(pk=video.pk)).first_error


def test_too_many_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(bulk, "MAX_VIDEOS", 1)
    owner = a_user()
    query = "&".join(f"video={a_video(owner).pk}" for _ in range(2))
    assert "more than 1 videos" in form_of(owner, f"{query}&action=delete").first_error
