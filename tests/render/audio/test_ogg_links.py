"""The links of a chained Ogg file."""

from pathlib import Path

from tests.render.samples import tone, write_song
from videos.render.audio.ogg_links import find_ogg_links


def write_links(folder: Path, count: int, between: bytes = b"") -> tuple[Path, int]:
    link = write_song(folder / "link.ogg", tone(0.5)).read_bytes()
    path = folder / "song.ogg"
    path.write_bytes(between.join([link] * count))
    return path, len(link)


def test_a_plain_file_is_one_link(tmp_path):
    path, size = write_links(tmp_path, 1)
    assert find_ogg_links(path) == [(0, size)]


def test_each_link_has_its_bytes(tmp_path):
    path, size = write_links(tmp_path, 3)
    assert find_ogg_links(path) == [(0, size), (size, 2 * size), (2 * size, 3 * size)]


def test_damage_between_links_belongs_to_the_one_before(tmp_path):
    path, size = write_links(tmp_path, 2, b"junk" * 9)
    assert find_ogg_links(path) == [(0, size + 36), (size + 36, 2 * size + 36)]


def test_a_file_that_is_no_ogg_is_one_link(tmp_path):
    (tmp_path / "song.ogg").write_bytes(b"x" * 50)
    assert find_ogg_links(tmp_path / "song.ogg") == [(0, 50)]
