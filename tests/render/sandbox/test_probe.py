"""Songs are heard out in a process of their own."""

import errno
import json
import resource
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.render.samples import music, song
from videos.render.audio.analysis import analyse
from videos.render.audio.analysis_cache import Memory
from videos.render.audio.decoding import UNREADABLE, AudioError, described
from videos.render.sandbox import probe
from videos.render.sandbox.probe import probe_apart
from videos.render.scene import FPS


def test_it_tells_what_is_heard_here(tmp_path: Path):
    path = song(tmp_path / "a song – 歌.mp3", music(2))
    memory = Memory(tmp_path / "heard", 10_000_000)
    told = probe_apart(path, memory)
    heard = analyse(path, FPS, lambda fraction: None)
    here = described(path, heard.duration, heard.measure.integrated)
    assert replace(told, digest="") == here
    assert memory.analysis(told.digest, FPS)


def test_what_is_wrong_with_a_file_is_told_in_the_same_sentence(tmp_path: Path):
    path = song(tmp_path / "song.wav", music(2))
    with pytest.raises(AudioError, match="too long"):
        probe_apart(path, Memory(tmp_path, 0), 1.0)
    path.write_bytes(b"#EXTM3U\nsecret.mp3\n")
    with pytest.raises(AudioError, match="not an mp3"):
        probe_apart(path, Memory(tmp_path, 0))


@pytest.mark.parametrize(
    "crash",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import time; time.sleep(60)",
        "print('something odd')",
    ],
)
def test_a_file_that_crashes_or_hangs_the_decoder_is_refused(tmp_path, monkeypatch, crash):
    path = song(tmp_path / "song.wav", music(1))
    module = tmp_path / "crashing"
    (module / "videos" / "render").mkdir(parents=True)
    (module / "videos" / "render" / "probing.py").write_text(crash)
    monkeypatch.setattr(probe, "ROOT", module)
    monkeypatch.setattr(probe, "PATIENCE", 2.0)
    with pytest.raises(AudioError, match=UNREADABLE):
        probe_apart(path, Memory(tmp_path, 0))


def test_the_process_sees_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do not look")
    seen = {}

    def run(command: list[str], env: dict[str, str], **options: object) -> None:
        seen.update(env)
        raise ValueError

    monkeypatch.setattr(probe.subprocess, "run", run)
    with pytest.raises(AudioError):
        probe_apart(Path(sys.executable), Memory(tmp_path, 0))
    assert "do not look" not in seen.values()


def test_a_full_disk_is_not_the_fault_of_the_file(tmp_path, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(probe, "recall", full)
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    probe.main(str(tmp_path / "song.mp3"), "10", str(tmp_path), "0")
    told = json.loads(capsys.readouterr().out)
    assert told == {"error": "There was no room to listen to this file: No space left on device."}
