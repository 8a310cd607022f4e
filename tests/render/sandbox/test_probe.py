"""Songs are probed in a child process."""

import errno
import json
import resource
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.render.samples import music, write_song
from videos.render.audio.analysis import analyse
from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.audio.decoding import UNREADABLE, AudioError, describe_audio
from videos.render.options import FPS
from videos.render.sandbox import child_process, probe
from videos.render.sandbox.probe import probe_in_child


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
    (package / "probe.py").write_text(crash)
    monkeypatch.setattr(child_process, "ROOT", tmp_path / "crashing")
    monkeypatch.setattr(probe, "TIMEOUT", 2.0)
    with pytest.raises(AudioError, match=UNREADABLE):
        probe_in_child(path, AnalysisCache(tmp_path, 0))


def test_the_process_sees_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do not look")
    seen = {}

    def run(command: list[str], env: dict[str, str], **options: object) -> None:
        seen.update(env)
        raise ValueError

    monkeypatch.setattr(child_process.subprocess, "run", run)
    with pytest.raises(AudioError):
        probe_in_child(Path(sys.executable), AnalysisCache(tmp_path, 0))
    assert "do not look" not in seen.values()


def test_a_full_disk_is_not_the_fault_of_the_file(tmp_path, monkeypatch, capsys):
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(probe, "load_or_analyse", fail)
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    probe.main(str(tmp_path / "song.mp3"), "10", str(tmp_path), "0")
    result = json.loads(capsys.readouterr().out)
    assert result == {
        "storage": "There was no room to listen to this file: No space left on device."
    }
