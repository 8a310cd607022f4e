"""The search of the admin."""

import pytest

from tests.factories import a_track
from videos.admin.search import AnyIdSearch
from videos.models import Track

pytestmark = pytest.mark.django_db


class Songs(AnyIdSearch):
    search_texts = ("title", "tags")
    search_ids = ("audio_id",)


def test_rows_are_found_by_each_word_and_by_any_id(rf):
    song, _other = a_track(title="Northern Lights", tags="drone"), a_track(title="Lights out")
    for query in ("lights drone", song.audio_id, song.audio_id.replace("-", "")):
        rows, may_repeat = Songs().get_search_results(rf.get("/"), Track.objects.all(), query)
        assert list(rows) == [song]
        assert not may_repeat


def test_rows_may_repeat_only_where_something_is_searched_in_several_related_rows(rf):
    class Tasks(Songs):
        search_spans_many = True

    every = Track.objects.all()
    assert Tasks().get_search_results(rf.get("/"), every, "a")[1]
    assert not Tasks().get_search_results(rf.get("/"), every, "")[1]


def test_the_admin_shows_a_search_box_for_all_its_fields(rf):
    assert Songs().get_search_fields(rf.get("/")) == ("title", "tags", "audio_id")
