"""Search, filters and order of lists."""

import pytest
from django.http import QueryDict

from tests.factories import a_failed_video, a_track, a_user, a_video
from videos.forms.filters import NEWEST, ORDERS, SongFilter, VideoFilter
from videos.models import Track, Video

pytestmark = pytest.mark.django_db


def narrow(query: str) -> list[Video]:
    return list(VideoFilter(QueryDict(query)).narrow(Video.objects.all()))


def test_songs_are_found_by_their_words():
    song = a_track(title="Northern Lights")
    a_track(title="Something else")
    rows = Track.objects.all()
    assert list(SongFilter(QueryDict("q=lights")).narrow(rows)) == [song]
    assert SongFilter(QueryDict("")).narrow(rows).count() == 2


def test_videos_are_found_by_status_words_and_provider():
    failed, pending = a_failed_video(), a_video(author="Zoë")
    assert narrow("status=GENERATE_MP4_FAILED") == [failed]
    assert narrow("q=zoë") == [pending]
    assert set(narrow("status=nonsense&provider=x")) == {failed, pending}


def test_a_film_that_only_its_vendor_has_is_at_risk():
    a_video()
    at_risk = a_video(
        a_user(), status="SUCCESS", vendor_url="https://a.example/f.mp4", provider="kie"
    )
    assert narrow("status=at_risk") == [at_risk]


def test_an_order_that_is_none_is_the_newest_first():
    assert VideoFilter(QueryDict("sort=title")).order == ORDERS["title"]
    assert VideoFilter(QueryDict("sort=x")).order == NEWEST


def test_the_provider_can_be_chosen_where_there_are_several(settings):
    assert "provider" not in VideoFilter(QueryDict("")).fields
    settings.VENDORS = {"kie": {"api_key": "k", "base_url": "https://api.kie.ai"}}
    choices = VideoFilter(QueryDict("")).fields["provider"].choices
    assert [value for value, _label in choices] == ["", "kie", "builtin"]
