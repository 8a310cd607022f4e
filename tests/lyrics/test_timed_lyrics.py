"""The lyrics of a song with their times."""

import pytest

from tests.factories import a_track, a_video
from videos.lyrics.timed_lyrics import film_lines, lyrics_warnings, timed_lines

pytestmark = pytest.mark.django_db
LRC = "[00:01.00]first\n[00:02.50]second"
WORDS = [{"word": "sung", "success": True, "startS": 3.0, "endS": 4.0}]


def times(**fields: object) -> list[tuple[float, str]]:
    return [(line.start, line.text) for line in timed_lines(a_track(**fields))]


def test_lines_have_the_times_of_the_lyrics_and_their_offset():
    assert times(lyrics=LRC) == [(1.0, "first"), (2.5, "second")]
    assert times(lyrics=LRC, lyrics_offset=500) == [(1.5, "first"), (3.0, "second")]


def test_the_vendors_word_times_come_first_unless_they_are_switched_off():
    assert times(lyrics=LRC, aligned_words=WORDS) == [(3.0, "sung")]
    assert len(times(lyrics=LRC, aligned_words=WORDS, use_aligned_words=False)) == 2


def test_what_is_in_no_format_of_lyrics_has_no_lines_and_breaks_nothing():
    assert times(lyrics='{"a": 1}') == []
    assert times(lyrics="") == []


def test_what_is_guessed_is_told():
    assert lyrics_warnings(a_track(lyrics=LRC)) == []
    assert lyrics_warnings(a_track(lyrics=LRC + "\n\nloose words\n[00:09.00]end"))


def test_lines_of_a_clip_have_the_times_of_its_film():
    track = a_track(lyrics="[00:01.00]first\n[00:04.00]second\n[00:07.00]third", duration=10.0)
    whole, clip = (
        a_video(track=track, duration=10.0),
        a_video(track=track, duration=3.0, clip="3.5-6.5", clip_start=3.5),
    )
    assert [line.start for line in film_lines(whole)] == [1.0, 4.0, 7.0]
    [line] = film_lines(clip)
    assert (line.start, line.end, line.text) == (0.5, 3.0, "second")


def test_a_canvas_has_no_words():
    track = a_track(lyrics="[00:01.00]first", duration=10.0)
    assert film_lines(a_video(track=track, duration=6.0, clip="canvas")) == ()


def test_a_page_names_the_sections_as_the_film_does():
    track = a_track(lyrics="[Chorus]\n[00:01.00]first\n[Bridge over it]\n[00:02.00]second")
    (first, second) = film_lines(a_video(track=track, section_language="ru"))
    assert (first.section, second.section) == ("Припев", "Bridge over it")
    assert film_lines(a_video(track=track))[0].section == "Chorus"
