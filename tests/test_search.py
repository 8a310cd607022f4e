"""Search by words and by any id."""

import pytest

from tests.factories import a_track, a_video
from videos import search
from videos.models import Track, Video

pytestmark = pytest.mark.django_db


def videos(query):
    rows = Video.objects.all()
    return set(search.filter_rows(rows, query, texts=search.VIDEO_TEXTS, ids=search.VIDEO_IDS))


@pytest.fixture
def video():
    track = a_track(title="Полночь в Токио", tags="dream pop, 80s", audio_id="Suno_Audio-77x")
    a_video(track=a_track(title="Else", tags="rock"), author="Nobody")
    return a_video(track=track, author="Ann Lee", domain_name="ann.example")


@pytest.mark.parametrize(
    "query",
    ["Полночь", "полночь", "ПОЛНОЧЬ", "токио", "ann", "LEE", "dream 80s", "ann полн", "ann.example",
     "  ann  "],
)  # fmt: skip
def test_it_finds_each_word_in_any_case(video, query):
    assert videos(query) == {video}


@pytest.mark.parametrize("query", ["ann rock", "полночь nobody", "zzz", "100%", "a_n"])
def test_it_finds_nothing_where_a_word_is_missing(video, query):
    assert videos(query) == set()


def test_an_empty_search_finds_all(video):
    assert len(videos("")) == len(videos(" \0 ")) == 2


def test_it_finds_the_beginning_of_any_id_with_or_without_dashes(video):
    task = video.track.music_task
    dashed = str(video.pk)
    for query in (
        dashed, video.pk.hex, dashed.upper(), dashed[:20], video.pk.hex[:10], video.slug,
        task.task_id, task.task_id[:20], video.track.audio_id, "Suno_Audio", video.slug[:9],
    ):  # fmt: skip
        assert videos(query) == {video}, query


def test_short_words_are_not_searched_for_in_ids(video):
    assert videos(video.pk.hex[:3] + " zzz") == set()
    assert len(search.filter_rows(Track.objects.all(), "a" * 3, texts=(), ids=("audio_id",))) == 0
