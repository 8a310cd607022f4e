import struct
from pathlib import Path

import av
import pytest

from tests import media_files
from tests.pairwise import one_in
from tests.render.samples import tone, wav, write_song
from videos.render.audio.analysis import analyse
from videos.render.audio.decoding import AudioError, AudioInfo, describe_audio


def probe(path: Path) -> AudioInfo:
    analysis = analyse(path, 30, lambda fraction: None)
    return describe_audio(path, analysis.duration, None)


def write_mp4(path: Path, **options: str) -> Path:
    source = write_song(path.with_suffix(".wav"), tone(8))
    with av.open(str(source)) as original, av.open(str(path), "w", options=options) as output:
        stream = output.add_stream("aac", rate=44100, layout="stereo")
        for frame in (*original.decode(audio=0), None):
            output.mux(stream.encode(frame))
    return path


def cut(path: Path, share: float = 0.6) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    return path


@pytest.mark.parametrize("kind", one_in(2, ["mp3", "flac", "ogg", "opus", "wav"]))
def test_a_file_that_ends_before_it_should_is_told_of(tmp_path: Path, kind: str) -> None:
    rate = 48000 if kind == "opus" else 44100
    path = write_song(tmp_path / f"song.{kind}", tone(8, rate), rate)
    assert not probe(path).is_truncated
    assert probe(cut(path)).is_truncated


@pytest.mark.parametrize("movflags", ["faststart", "frag_keyframe+empty_moov+default_base_moof"])
def test_an_m4a_that_breaks_off_is_told_of(tmp_path: Path, movflags: str) -> None:
    path = write_mp4(tmp_path / "song.mp4", movflags=movflags, frag_duration="1000000")
    assert not probe(path).is_truncated
    assert probe(cut(path)).is_truncated


def test_an_m4a_without_its_index_is_refused_by_its_name(tmp_path: Path) -> None:
    path = write_mp4(tmp_path / "song.mp4")
    assert not probe(path).is_truncated
    with pytest.raises(AudioError, match="its index, which comes last, is missing"):
        probe(cut(path))


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0x7FFFFFFF - 36])
def test_a_wav_that_was_streamed_declares_no_length(tmp_path: Path, size: int) -> None:
    data = wav(1, 16, bytes(4 * 44100))
    at = data.index(b"data") + 4
    path = tmp_path / "song.wav"
    path.write_bytes(data[:at] + struct.pack("<I", size) + data[at + 4 :])
    info = probe(path)
    assert info.duration == pytest.approx(2, abs=0.01)
    assert not info.is_truncated


@pytest.mark.parametrize("kind", one_in(3, ["mka", "webm", "aiff"]))
def test_other_containers_that_break_off_are_told_of(tmp_path: Path, kind: str) -> None:
    codec, muxer = {"mka": ("vorbis", "matroska"), "aiff": ("pcm_s16be", None)}.get(
        kind, ("libopus", None)
    )
    path = tmp_path / f"song.{kind}"
    path.write_bytes(media_files.sound(f".{kind}", codec, "", 8.0, muxer))
    assert not probe(path).is_truncated
    assert probe(cut(path)).is_truncated


def test_an_ogg_need_not_say_which_page_is_its_last(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.opus", tone(8, 48000), 48000)
    data = path.read_bytes()
    path.write_bytes(data[: data.rfind(b"OggS")])  # as a recorder does that is switched off
    assert not probe(path).is_truncated
