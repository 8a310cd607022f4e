"""The hook that is proposed, measured by songs whose chorus is known."""

from dataclasses import replace

import numpy as np
import pytest

from tests.render.clips.composed import FPS, SONGS, Composed, compose
from videos.render.audio.features import FRAME_DTYPE, Analysis
from videos.render.clips.hook import find_hook

MIN_COVERAGE = 0.9  # of a clip that is chorus
MIN_RIGHT_BY_SOUND = len(SONGS) - 1


@pytest.fixture(scope="module")
def songs() -> dict[str, Composed]:
    return compose()


@pytest.mark.parametrize("length", [15.0, 30.0])
@pytest.mark.parametrize("has_tags", [True, False])
def test_words_lead_to_the_chorus_of_every_song(
    songs: dict[str, Composed], length: float, has_tags: bool
) -> None:
    for name, song in songs.items():
        lines = song.lines if has_tags else tuple(replace(each, section="") for each in song.lines)
        start, end = find_hook(song.analysis, FPS, lines, length)
        assert song.coverage(start, end) >= MIN_COVERAGE, (name, start, end)
        assert 0.6 * length <= end - start <= length, (name, start, end)


def test_it_begins_before_a_line_and_ends_on_a_line_s_end(songs: dict[str, Composed]) -> None:
    for name, song in songs.items():
        start, end = find_hook(song.analysis, FPS, song.lines, 15.0)
        assert any(0.0 <= line.start - start <= 1.1 for line in song.lines), name
        assert any(-0.05 <= line.end - end <= 0.61 for line in song.lines), name


def test_sound_alone_leads_to_the_chorus_of_most_songs(songs: dict[str, Composed]) -> None:
    hooks = {name: find_hook(song.analysis, FPS, (), 15.0) for name, song in songs.items()}
    right = [name for name, hook in hooks.items() if songs[name].coverage(*hook) >= MIN_COVERAGE]
    assert len(right) >= MIN_RIGHT_BY_SOUND, hooks


def test_lines_whose_times_are_guessed_only_favour_a_passage(songs: dict[str, Composed]) -> None:
    song = songs["loud verse"]
    guessed = [replace(line, is_guessed=True) for line in song.lines]
    start, end = find_hook(song.analysis, FPS, guessed, 15.0)
    assert end - start == pytest.approx(15.0)
    assert song.coverage(start, end) >= MIN_COVERAGE


def test_a_hook_stays_within_its_song(songs: dict[str, Composed]) -> None:
    song = songs["demo"]
    start, end = find_hook(song.analysis, FPS, song.lines, 60.0)
    assert 0.0 <= start < end <= song.analysis.duration
    assert end - start >= 0.6 * 60.0
    whole = find_hook(song.analysis, FPS, song.lines, 600.0)
    assert whole == (0.0, song.analysis.duration)


def test_silence_has_a_hook_too() -> None:
    silence = Analysis(np.zeros(600, FRAME_DTYPE), 20.0, 44100, "stereo")
    start, end = find_hook(silence, FPS, (), 15.0)
    assert 0.0 <= start < end <= 20.0
