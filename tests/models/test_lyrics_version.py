"""Versions of lyrics: what each holds, what a conflict changes, and what films know of them."""

import pytest

from tests.factories import a_finished_video, a_track, a_video
from videos.models import LyricsConflict, LyricsState, LyricsVersion, Origin
from videos.models.lyrics_version import MAX_VERSIONS
from videos.statuses import VideoStatus, Visibility

pytestmark = pytest.mark.django_db
OLD, NEW, NEWEST = LyricsState("old"), LyricsState("[00:01.00]new"), LyricsState("newest", 100)


@pytest.fixture
def track():
    return a_track(lyrics="old")


def save(track, state, expected=None, origin=Origin.EDITED):
    return LyricsVersion.objects.save_state(track, state, origin, expected)


def test_the_first_save_also_stores_what_was_there(track):
    assert save(track, NEW, expected=0) == 1
    assert (track.lyrics, track.lyrics_version) == ("[00:01.00]new", 1)
    rows = LyricsVersion.objects.values_list("number", "lyrics", "origin")
    assert list(rows) == [(1, "[00:01.00]new", "edited"), (0, "old", "before")]


def test_an_earlier_version_comes_back_as_a_new_one(track):
    save(track, NEW)
    assert save(track, LyricsState.of(track.lyrics_versions.get(number=0))) == 2
    assert track.lyrics == "old"


def test_a_save_of_the_same_makes_no_version(track):
    assert save(track, NEW) == save(track, NEW) == 1


def test_who_saves_on_top_of_an_older_version_overwrites_nothing(track):
    save(track, NEW, expected=0)
    with pytest.raises(LyricsConflict) as conflict:
        save(track, NEWEST, expected=0)
    assert conflict.value.version == 1
    track.refresh_from_db()
    assert track.lyrics == NEW.lyrics


def test_what_changed_without_a_version_becomes_one_before_it_is_replaced(track):
    save(track, NEW)
    type(track).objects.update(lyrics="by an operator")
    assert save(track, NEWEST) == 3
    assert track.lyrics_versions.get(number=2).lyrics == "by an operator"


def test_words_of_a_vendor_that_are_not_there_count_as_not_used(track):
    assert track.use_aligned_words
    assert not LyricsState.of(track).use_aligned_words
    track.aligned_words = [{"word": "la", "startS": 1, "endS": 2}]
    assert LyricsState.of(track).use_aligned_words


def test_old_versions_go_but_for_those_that_films_were_made_of(track):
    save(track, NEW)
    a_video(track=track, lyrics_version=1)
    latest = MAX_VERSIONS + 2
    type(track).objects.update(lyrics_version=latest)
    save(track, NEWEST)
    assert set(track.lyrics_versions.values_list("number", flat=True)) == {1, latest, latest + 1}


def test_a_film_knows_that_its_words_are_older(track):
    film = a_finished_video(track=track)
    assert not film.has_older_words
    save(track, NEW)
    film.refresh_from_db()
    assert film.has_older_words
    film.provider = "suno"  # it has the words that its vendor knows
    assert not film.has_older_words


def test_a_film_that_replaces_another_takes_its_address_once_it_is_there(track):
    old = a_finished_video(track=track, visibility=Visibility.UNLISTED, password="x")
    new = a_video(track=track, replaces=old)
    slug = old.slug
    assert new.slug != slug
    assert new.mark_finished(duration=1.0)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (new.slug, new.visibility, new.password, new.replaces) == (slug, "unlisted", "x", None)
    assert (old.visibility, old.status) == (Visibility.PRIVATE, VideoStatus.SUCCESS)
    assert old.slug != slug


def test_a_film_whose_predecessor_was_deleted_keeps_its_own_address(track):
    old = a_finished_video(track=track)
    new = a_video(track=track, replaces=old)
    slug = new.slug
    old.delete()
    new.refresh_from_db()
    assert new.mark_finished(duration=1.0)
    assert (new.slug, new.replaces) == (slug, None)
