import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from tests.render.samples import music, silent_wav, song
from videos.render.audio.analysis import Analysis, analyse
from videos.render.audio.analysis_cache import HALF_DONE, Memory, digest_of, recall
from videos.render.errors import AudioError

LARGE = 10_000_000


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return song(tmp_path_factory.mktemp("memory") / "song.mp3", music(2))


@pytest.fixture(scope="module")
def analysis(audio: Path) -> Analysis:
    return analyse(audio, 30, ignore)


def ignore(fraction: float) -> None:
    pass


def same(one: Analysis | None, other: Analysis) -> bool:
    assert one is not None
    fields = ("duration", "sample_rate", "layout", "measure")
    rows = ("heard", "peaks")
    return all(getattr(one, name) == getattr(other, name) for name in fields) and all(
        np.array_equal(getattr(one, name)[:], getattr(other, name)[:]) for name in rows
    )


def test_what_was_heard_is_remembered(tmp_path: Path, audio: Path, analysis: Analysis) -> None:
    memory = Memory(tmp_path / "memory", LARGE)
    told: list[float] = []
    first, digest = recall(audio, 30, memory, told.append)
    assert told
    assert memory.knows(digest, 30)
    assert not memory.knows(digest, 60)
    told.clear()
    second, again = recall(audio, 30, memory, told.append)
    assert not told
    assert digest == again == digest_of(audio)
    assert same(first, analysis)
    assert same(second, analysis)


def test_silence_is_remembered_too(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory", LARGE)
    silence = silent_wav(tmp_path / "song.wav", 1)
    first, _ = recall(silence, 30, memory, ignore)
    assert same(recall(silence, 30, memory, ignore)[0], first)


def test_another_rate_is_heard_anew(tmp_path: Path, audio: Path) -> None:
    memory = Memory(tmp_path / "memory", LARGE)
    slow, _ = recall(audio, 30, memory, ignore)
    fast, _ = recall(audio, 60, memory, ignore)
    assert fast.frames == pytest.approx(2 * slow.frames, abs=1)


def test_the_same_song_under_another_name_is_the_same(tmp_path: Path, audio: Path) -> None:
    copy = tmp_path / "copy.bin"
    copy.write_bytes(audio.read_bytes())
    assert digest_of(copy) == digest_of(audio)
    copy.write_bytes(audio.read_bytes() + b"\0")
    assert digest_of(copy) != digest_of(audio)


def test_a_song_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(AudioError):
        recall(tmp_path / "nowhere.mp3", 30, Memory(tmp_path / "memory", LARGE), ignore)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY\x01\x00", os.urandom(999)])
def test_a_damaged_memory_is_none(tmp_path: Path, analysis: Analysis, content: bytes) -> None:
    memory = Memory(tmp_path, LARGE)
    memory.keep_analysis("song", 30, analysis)
    [path] = tmp_path.iterdir()
    path.write_bytes(content)
    assert memory.analysis("song", 30) is None
    memory.keep_analysis("song", 30, analysis)
    assert same(memory.analysis("song", 30), analysis)


def test_what_was_not_needed_for_the_longest_goes_first(tmp_path: Path, analysis: Analysis) -> None:
    memory = Memory(tmp_path, LARGE)
    for number, digest in enumerate("abc"):
        memory.keep_analysis(digest, 30, analysis)
        path = next(tmp_path.glob(f"{digest}-*"))
        os.utime(path, (1000 + number, 1000 + number))
    assert memory.analysis("a", 30)  # used just now
    size = path.stat().st_size
    Memory(tmp_path, 3 * size).keep_analysis("d", 30, analysis)
    assert {path.name[0] for path in tmp_path.iterdir()} == {"a", "c", "d"}


def test_only_what_was_left_half_done_long_ago_is_swept_up(
    tmp_path: Path, analysis: Analysis
) -> None:
    old, new = tmp_path / ".a.1-0.part", tmp_path / ".b.1-0.part"
    for path in (old, new):
        path.write_bytes(b"half")
    long_ago = time.time() - HALF_DONE - 1
    os.utime(old, (long_ago, long_ago))
    Memory(tmp_path, LARGE).keep_analysis("song", 30, analysis)
    assert not old.exists()
    assert new.exists()


def test_many_may_remember_at_once(tmp_path: Path, analysis: Analysis) -> None:
    memory = Memory(tmp_path / "memory", LARGE)
    failures: list[bool] = []

    def work() -> None:
        for _ in range(5):
            memory.keep_analysis("song", 30, analysis)
            failures.append(not same(memory.analysis("song", 30), analysis))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [False] * 30
    assert len(list(memory.folder.iterdir())) == 1
