"""What a song's file tells without decoding."""

import pytest

from tests.render.samples import tone, write_song
from videos.render.audio.properties import (
    AudioInfo,
    describe_audio,
    estimate_duration,
    read_tags,
)
from videos.render.errors import AudioError


@pytest.mark.parametrize("kind", ["mp3", "wav", "flac", "m4a", "ogg"])
def test_it_tells_format_length_and_channels(tmp_path, kind):
    song = write_song(tmp_path / f"song.{kind}", tone(2.0), channels=2)
    info = describe_audio(song, 2.0, -14.0)
    assert (info.channels, info.sample_rate, info.loudness) == (2, 44100, -14.0)
    assert info.declared_duration is None or info.declared_duration == pytest.approx(2, abs=0.1)
    assert not info.is_truncated
    assert estimate_duration(song) == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    ("duration", "declared", "ends_early", "is_truncated"),
    [(60.0, None, False, False), (60.0, 61.9, False, False), (60.0, 62.1, False, True),
     (60.0, None, True, True)],
)  # fmt: skip
def test_a_file_that_ends_before_it_should_is_truncated(
    duration, declared, ends_early, is_truncated
):
    info = AudioInfo(
        duration, 2, 44100, "mp3", "mp3", None, declared_duration=declared, ends_early=ends_early
    )
    assert info.is_truncated is is_truncated


def test_a_file_without_sound_is_refused(tmp_path):
    (tmp_path / "song.mp3").write_bytes(b"no sound at all" * 99)
    for read in (estimate_duration, read_tags):
        with pytest.raises(AudioError):
            read(tmp_path / "song.mp3")
