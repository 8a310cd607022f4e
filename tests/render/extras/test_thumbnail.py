"""A thumbnail shows the cover and the title, and leaves free what sites write over."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.samples import lines, scene
from videos.render.errors import CoverError
from videos.render.extras.thumbnail import THUMBNAIL_SIZE, draw_thumbnail

SONG = Path("not-needed.mp3")
LENGTH_CORNER = (1090, 640, 1280, 720)  # where sites write how long a film is


def changed_box(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int]:
    """Return the left, upper, right and lower edge of what differs."""
    differs = np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).max(axis=2) > 40
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def test_the_title_is_large_and_stays_out_of_the_corner() -> None:
    bare = scene(SONG, title="", author="", domain_name="")
    plain = draw_thumbnail(bare)
    assert (plain.mode, plain.size) == ("RGB", THUMBNAIL_SIZE)
    for title in ("Night", "Let the Lanterns Go", "One Very Long Title That Never Ends " * 3):
        # The cover that is drawn depends on the title: only what is beside it is compared
        beside = (650, 0, *THUMBNAIL_SIZE)
        picture = draw_thumbnail(replace(bare, title=title, author="Mira Solène"))
        _, top, right, bottom = changed_box(picture.crop(beside), plain.crop(beside))
        assert right < THUMBNAIL_SIZE[0] - 650
        corner = picture.crop(LENGTH_CORNER)
        assert np.asarray(corner, np.int16).max() < 160
        assert bottom - top > 100


def test_it_has_neither_lyrics_nor_site() -> None:
    plain = scene(SONG, domain_name="")
    picture = draw_thumbnail(plain)
    more = replace(plain, lyrics=lines(4), domain_name="music.example.com")
    assert draw_thumbnail(more).tobytes() == picture.tobytes()


@pytest.mark.parametrize("size", [(400, 400), (800, 400), (400, 800)])
def test_covers_of_every_shape_are_shown_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    cover = tmp_path / "cover.png"
    picture = Image.new("RGB", size, (20, 40, 200))
    for edge in ((0, 0), (size[0] - 40, size[1] - 40)):
        picture.paste((220, 30, 30), (*edge, edge[0] + 40, edge[1] + 40))
    picture.save(cover)
    pixels = np.asarray(draw_thumbnail(scene(SONG, cover=cover)), np.int16)
    red = (pixels[..., 0] > 150) & (pixels[..., 1] < 90) & (pixels[..., 2] < 90)
    ys, xs = np.nonzero(red)
    assert np.ptp(xs) > 150 or np.ptp(ys) > 150  # both corners are there


def test_a_cover_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cover.jpg").write_bytes(b"no picture")
    with pytest.raises(CoverError):
        draw_thumbnail(scene(SONG, cover=tmp_path / "cover.jpg"))
