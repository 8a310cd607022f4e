"""Where the timing of a song begins."""

import pytest

from tests.factories import a_playable_track
from tests.render.guessing.songs import FPS, song
from videos.lyrics.guessed_lines import guessed_lines
from videos.media.analysis_cache import analysis_cache

pytestmark = pytest.mark.django_db
DIGEST = "guessed"


@pytest.fixture
def track():
    analysis_cache().store_analysis(DIGEST, FPS, song((8, 0.1), (8, 0.6)))
    return a_playable_track(lyrics="one line\nand another", duration=32.5, audio_digest=DIGEST)


def test_the_sound_places_lines_without_times(track):
    lines = guessed_lines(track)
    assert [line.text for line in lines] == ["one line", "and another"]
    assert all(line.is_guessed for line in lines)


def test_lines_with_times_are_left_alone(track):
    track.lyrics = "[00:01.00]one line\nand another"
    assert guessed_lines(track) is None


def test_there_is_no_guess_before_the_song_is_analysed(track):
    track.audio_digest = "other"
    assert guessed_lines(track) is None
