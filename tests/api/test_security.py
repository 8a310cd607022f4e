"""Keys: what each may do, and until when."""

import pytest

from tests.api.caller import Caller
from tests.api.questions import answers
from tests.factories import a_finished_video
from videos.models import Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def video(caller, track):
    return a_finished_video(caller.owner, track)


def test_a_key_for_reading_changes_nothing(video):
    reader = Caller(video.owner, "read")
    result = answers(reader, video)
    assert [answer["code"] for answer in result] == [200] * 5 + [401] * 3
    songs = "/api/v1/songs"
    assert reader.post(songs, {"audioUrl": "https://files.example.com/a.mp3"})["code"] == 401
    assert "read" in result[5]["msg"]
    assert Video.objects.get() == video


@pytest.mark.parametrize("how", ["revoked", "expired", "locked out"])
def test_a_key_that_is_over_opens_nothing(caller, video, how):
    if how == "revoked":
        caller.key.revoke()
    elif how == "expired":
        type(caller.key).objects.update(expires_at="2020-01-01T00:00:00Z")
    else:
        caller.owner.is_active = False
        caller.owner.save(update_fields=["is_active"])
    assert {answer["code"] for answer in answers(caller, video)} == {401}
