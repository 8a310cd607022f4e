"""Ten thousand damaged songs, covers and lyrics, as a web process meets them: it lives on.

4,000 of the songs are in ``audio/test_mutated_sounds.py``. Songs and covers are opened by child
processes; lyrics, which are text, are read in this one.
"""

import random
import resource
from pathlib import Path

import pytest

from tests.render.audio import mutated_sounds
from tests.render.covers import mutated_covers
from tests.render.lyrics.generated_files import write_file
from videos.render.errors import CoverError
from videos.render.lyrics import LyricsError, decode, parse_lyrics
from videos.render.sandbox.cover import JPEG_START, convert_in_child
from videos.render.sandbox.song_tags import read_tags_in_child
from videos.render.tags.song_tags import SongTags

BATCH = 100
COVERS, TAGS, LYRICS = 2000, 1000, 3000
SAMPLE = 6  # files of the usual tests, and ten times as many lyrics; the others are for the night
MAX_GROWTH = 64 << 10  # kilobytes of this process


@pytest.fixture(autouse=True)
def memory():
    """Fail a test during which this process has grown by more than a web process may."""
    check_lyrics(range(10))  # the detector of encodings loads its tables once, some 70 MB
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MAX_GROWTH


def check_covers(seeds: range) -> None:
    for seed in seeds:
        name, data = mutated_covers.make(seed)
        try:
            assert convert_in_child(data).startswith(JPEG_START), name
        except CoverError as error:
            assert str(error).startswith("The cover "), name  # noqa: PT017 - either is right


def check_tags(folder: Path, seeds: range) -> None:
    for seed in seeds:
        sound = mutated_sounds.make(seed)
        (folder / "song").write_bytes(sound.data)
        assert isinstance(read_tags_in_child(folder / "song"), SongTags), sound.name


def check_lyrics(seeds: range) -> None:
    for seed in seeds:
        text, _words = write_file(seed)
        source = random.Random(seed)
        data = text.encode(source.choice(("utf-8", "utf-16", "cp1251", "shift_jis")), "replace")
        for mutation in source.choices(sorted(mutated_sounds.MUTATIONS), k=source.randint(0, 2)):
            if mutation != "join":
                data = mutated_sounds.MUTATIONS[mutation](bytearray(data), source)
        try:
            lines = parse_lyrics(decode(data), 180.0).lines
        except LyricsError as error:
            assert str(error).endswith((".", "?")), seed  # noqa: PT017
        else:
            assert all(line.start >= 0 for line in lines), seed


def test_damaged_covers_end_no_process() -> None:
    check_covers(range(SAMPLE))


def test_damaged_tags_end_no_process(tmp_path: Path) -> None:
    check_tags(tmp_path, range(SAMPLE))


def test_damaged_lyrics_end_no_process() -> None:
    check_lyrics(range(10 * SAMPLE))


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, COVERS, BATCH))
def test_no_damaged_cover_ends_a_process(first: int) -> None:
    check_covers(range(first, first + BATCH))


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, TAGS, BATCH))
def test_no_damaged_tags_end_a_process(tmp_path: Path, first: int) -> None:
    check_tags(tmp_path, range(first, first + BATCH))


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, LYRICS, BATCH))
def test_no_damaged_lyrics_end_a_process(first: int) -> None:
    check_lyrics(range(first, first + BATCH))
