import os
import threading
from pathlib import Path

import numpy as np
import pytest

from tests.render.samples import music, write_silent_wav, write_song
from videos.render.audio.analysis import Analysis, analyse, load_or_analyse
from videos.render.audio.analysis_cache import (
    AnalysisCache,
    compute_digest,
)
from videos.render.errors import AudioError

LARGE = 10_000_000


@pytest.fixture(scope="module")
def song_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_song(tmp_path_factory.mktemp("cache") / "song.mp3", music(2))


@pytest.fixture(scope="module")
def analysis(song_file: Path) -> Analysis:
    return analyse(song_file, 30, ignore_fraction)


def ignore_fraction(fraction: float) -> None:
    pass


def is_same(one: Analysis | None, other: Analysis) -> bool:
    assert one is not None
    fields = ("duration", "sample_rate", "layout", "loudness")
    tables = ("features", "peaks")
    return all(getattr(one, name) == getattr(other, name) for name in fields) and all(
        np.array_equal(getattr(one, name)[:], getattr(other, name)[:]) for name in tables
    )


def test_an_analysis_is_cached(tmp_path: Path, song_file: Path, analysis: Analysis) -> None:
    cache = AnalysisCache(tmp_path / "cache", LARGE)
    fractions: list[float] = []
    first, digest = load_or_analyse(song_file, 30, cache, fractions.append)
    assert fractions
    assert cache.has_analysis(digest, 30)
    assert not cache.has_analysis(digest, 60)
    fractions.clear()
    second, again = load_or_analyse(song_file, 30, cache, fractions.append)
    assert not fractions
    assert digest == again == compute_digest(song_file)
    assert is_same(first, analysis)
    assert is_same(second, analysis)


def test_silence_is_cached_too(tmp_path: Path) -> None:
    cache = AnalysisCache(tmp_path / "cache", LARGE)
    silence = write_silent_wav(tmp_path / "song.wav", 1)
    first, _ = load_or_analyse(silence, 30, cache, ignore_fraction)
    assert is_same(load_or_analyse(silence, 30, cache, ignore_fraction)[0], first)


def test_another_rate_is_analysed_anew(tmp_path: Path, song_file: Path) -> None:
    cache = AnalysisCache(tmp_path / "cache", LARGE)
    slow, _ = load_or_analyse(song_file, 30, cache, ignore_fraction)
    fast, _ = load_or_analyse(song_file, 60, cache, ignore_fraction)
    assert fast.frames == pytest.approx(2 * slow.frames, abs=1)


def test_the_same_song_under_another_name_is_the_same(tmp_path: Path, song_file: Path) -> None:
    copy = tmp_path / "copy.bin"
    copy.write_bytes(song_file.read_bytes())
    assert compute_digest(copy) == compute_digest(song_file)
    copy.write_bytes(song_file.read_bytes() + b"\0")
    assert compute_digest(copy) != compute_digest(song_file)


def test_a_song_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AudioError):
        load_or_analyse(
            tmp_path / "nowhere.mp3", 30, AnalysisCache(tmp_path / "cache", LARGE), ignore_fraction
        )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY\x01\x00", os.urandom(999)])
def test_a_damaged_cache_file_is_ignored(
    tmp_path: Path, analysis: Analysis, content: bytes
) -> None:
    cache = AnalysisCache(tmp_path, LARGE)
    cache.store_analysis("song", 30, analysis)
    [path] = tmp_path.iterdir()
    path.write_bytes(content)
    assert cache.load_analysis("song", 30) is None
    cache.store_analysis("song", 30, analysis)
    assert is_same(cache.load_analysis("song", 30), analysis)


def test_the_least_recently_used_is_evicted_first(tmp_path: Path, analysis: Analysis) -> None:
    cache = AnalysisCache(tmp_path, LARGE)
    for number, digest in enumerate("abc"):
        cache.store_analysis(digest, 30, analysis)
        path = next(tmp_path.glob(f"{digest}-*"))
        os.utime(path, (1000 + number, 1000 + number))
    assert cache.load_analysis("a", 30)  # used just now
    size = path.stat().st_size
    AnalysisCache(tmp_path, 3 * size).store_analysis("d", 30, analysis)
    assert {path.name[0] for path in tmp_path.iterdir()} == {"a", "c", "d"}


def test_what_a_killed_process_left_is_removed(tmp_path: Path, analysis: Analysis) -> None:
    cache, left = AnalysisCache(tmp_path, LARGE), tmp_path / ".a.1-0.part"
    left.write_bytes(b"half")
    with cache.store_files("b") as (part,):
        part.write_bytes(b"half")
        cache.store_analysis("song", 30, analysis)
        assert not left.exists()
        assert part.exists()
    assert (tmp_path / "b").read_bytes() == b"half"


def test_many_threads_may_store_at_once(tmp_path: Path, analysis: Analysis) -> None:
    cache = AnalysisCache(tmp_path / "cache", LARGE)
    failures: list[bool] = []

    def store_and_load() -> None:
        for _ in range(5):
            cache.store_analysis("song", 30, analysis)
            failures.append(not is_same(cache.load_analysis("song", 30), analysis))

    threads = [threading.Thread(target=store_and_load) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [False] * 30
    assert len(list(cache.folder.iterdir())) == 1
