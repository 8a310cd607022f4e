"""Songs are probed in a child process."""

import errno
import signal
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.render.samples import music, write_song
from videos.render.audio.analysis import analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.audio.decoding import UNREADABLE, AudioError, describe_audio
from videos.render.audio.info import AudioInfo
from videos.render.options import FPS
from videos.render.sandbox import child_process, probe, probe_child
from videos.render.sandbox.answers import decode_answer
from videos.render.sandbox.probe import decode_info, probe_in_child
from videos.render.sandbox.song_tags import encode_tags


def test_it_returns_the_same_as_in_this_process(tmp_path: Path):
    path = write_song(tmp_path / "a song – 歌.mp3", music(2))
    cache = AnalysisCache(tmp_path / "cache", 10_000_000)
    result = probe_in_child(path, cache)
    analysis = analyse(path, FPS, lambda fraction: None)
    expected = describe_audio(path, analysis.duration, analysis.loudness.integrated)
    assert replace(result, digest="") == expected
    assert cache.load_analysis(result.digest, FPS)


def test_an_unusable_file_raises_the_same_sentence_as_in_this_process(tmp_path: Path):
    path = write_song(tmp_path / "song.wav", music(2))
    with pytest.raises(AudioError, match="too long"):
        probe_in_child(path, AnalysisCache(tmp_path, 0), 1.0)
    for data, sentence in (
        (b"no song at all\n", "not an mp3"),
        (b"#EXTM3U\nsecret.mp3\n", "a playlist"),
    ):
        path.write_bytes(data)
        with pytest.raises(AudioError, match=sentence):
            probe_in_child(path, AnalysisCache(tmp_path, 0))


@pytest.mark.parametrize(
    "crash",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import time; time.sleep(60)",
        "print('something odd')",
    ],
)
def test_a_file_that_crashes_or_hangs_the_decoder_is_refused(tmp_path, monkeypatch, crash):
    path = write_song(tmp_path / "song.wav", music(1))
    package = tmp_path / "crashing" / "videos" / "render" / "sandbox"
    package.mkdir(parents=True)
    (package / "probe_child.py").write_text(crash)
    monkeypatch.setattr(child_process, "ROOT", tmp_path / "crashing")
    monkeypatch.setattr(probe, "TIMEOUT", 2.0)
    with pytest.raises(AudioError, match=UNREADABLE):
        probe_in_child(path, AnalysisCache(tmp_path, 0))


@pytest.mark.parametrize(
    ("name", "value"),
    [("duration", "3"), ("channels", 2.0), ("codec", None), ("tags", {"title": 1}), ("tags", [])],
)
def test_an_answer_that_is_odd_is_refused(name: str, value: object) -> None:
    info = AudioInfo(3.0, 2, 44100, "mp3", "mp3", None)
    fields = {**asdict(info), "tags": encode_tags(info.tags)[0]}
    assert decode_info(fields, b"") == info
    with pytest.raises(ValueError, match="These are not the"):
        decode_info({**fields, name: value}, b"")
    del fields["digest"]
    with pytest.raises(ValueError, match="These are not the properties"):
        decode_info(fields, b"")


@pytest.fixture
def processor_time() -> Iterator[None]:
    """Lift the limits of processor time that a child sets for itself, in this process."""
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)


@pytest.mark.usefixtures("processor_time")
def test_a_full_disk_is_not_the_fault_of_the_file(tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    song = write_song(tmp_path / "song.wav", music(1))
    monkeypatch.setattr(probe_child, "load_or_analyse", fail)
    fields, _ = decode_answer(probe_child.probe(song, 10.0, AnalysisCache(tmp_path, 0)))
    assert fields == {
        "storage": "There was no room to listen to this file: No space left on device."
    }
