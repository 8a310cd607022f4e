"""Search by words and by any id."""

import sqlite3
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import a_track, a_user, a_video
from videos import search
from videos.models import Track, User, Video

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


def has_text_index() -> bool:
    """Return whether the database can have an index of texts: most can."""
    if connection.vendor == "sqlite":
        return bool(sqlite3.connect(":memory:").execute(
            "SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'"
        ).fetchone())  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has triggers for its indices.")
def test_every_table_of_texts_has_its_index_after_all_migrations():
    texts = import_module("videos.migrations.0039_text_indices").TEXTS
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE '%!_texts%' ESCAPE '!'")
        names = {name for (name,) in cursor.fetchall()}
    for table in texts if has_text_index() else ():
        ends = ("", "_insert", "_delete", "_update")
        # A migration that makes such a table anew drops them: it ends with create_text_indices()
        assert {f"{table}_texts{end}" for end in ends} <= names, table


def test_the_index_follows_what_is_written(video):
    Track.objects.filter(pk=video.track_id).update(title="Рассвет")
    assert (videos("полночь"), videos("РАССВЕТ")) == (set(), {video})
    video.author = "Bo Diddley"
    video.save(update_fields=["author"])
    assert (videos("lee"), videos("didd")) == (set(), {video})
    video.delete()
    assert videos("didd") == set()


def test_only_the_texts_that_are_named_are_searched():
    user = a_user(email="zoe@example.com", first_name="Zacharias")
    users = User.objects.all()
    for texts, word, matches in (
        (("email",), "zacha", []),
        (("email", "first_name"), "ZACHA", [user]),
        (("email",), 'zoe"', []),
        (("email",), "zoe@", [user]),
    ):
        assert list(search.filter_rows(users, word, texts=texts, ids=())) == matches


def test_a_common_word_is_not_looked_up_and_finds_the_same(video, monkeypatch):
    monkeypatch.setattr(search, "MIN_COMMON", 1)
    monkeypatch.setattr(search, "MAX_MATCHES", 0)
    with CaptureQueriesContext(connection) as queries:
        assert videos("полночь") == {video}
        assert videos(f"ann {video.pk.hex[:9]} 80s") == {video}
    assert not [query for query in queries if "UNION" in query["sql"] and "полночь" in query["sql"]]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Few rows need no index there.")
def test_a_rare_word_is_looked_up_in_the_index(video):
    if not has_text_index():
        pytest.skip("This SQLite has no FTS5.")
    rows = Video.objects.for_user(video.owner)
    with CaptureQueriesContext(connection) as queries:
        list(search.filter_rows(rows, "полночь", texts=search.VIDEO_TEXTS, ids=()))
    statement = next(query["sql"] for query in queries if "MATCH" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [step for *_numbers, step in cursor.fetchall()]
    assert any("videos_track_texts VIRTUAL TABLE INDEX" in step for step in steps), steps
    assert not [step for step in steps if step in {"SCAN videos_video", "SCAN videos_track"}]
