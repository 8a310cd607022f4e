"""Logos: what is taken, what is refused, and how they are mended."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.films import crop
from tests.render.paint.factories import make_painter
from videos.render.errors import LogoError
from videos.render.layout import get_layout
from videos.render.options import Look, VideoFormat
from videos.render.paint.logo_file import load_logo


def write(path: Path, colour: tuple[int, ...], size: tuple[int, int] = (400, 100)) -> Path:
    """Write a logo with a transparent border."""
    image = Image.new("RGBA", (size[0] + 80, size[1] + 80), (0, 0, 0, 0))
    image.paste(colour, (40, 40, size[0] + 40, size[1] + 40))
    image.save(path)
    return path


@pytest.mark.parametrize("name", ["logo.png", "logo.webp"])
def test_its_border_is_cut_off_and_it_is_as_high_as_its_place(tmp_path: Path, name: str) -> None:
    logo = load_logo(write(tmp_path / name, (255, 200, 0, 255)), 28, 300)
    assert (logo.mode, logo.size) == ("RGBA", (112, 28))
    assert logo.getpixel((50, 14))[3] == 255


def test_a_wide_one_becomes_lower(tmp_path: Path) -> None:
    path = write(tmp_path / "logo.png", (255, 200, 0, 255), (2000, 100))
    assert load_logo(path, 28, 300).size == (300, 15)


@pytest.mark.parametrize("colour", [(0, 0, 0, 255), (10, 20, 90, 255)])
def test_a_dark_one_is_lightened(tmp_path: Path, colour: tuple[int, ...]) -> None:
    logo = load_logo(write(tmp_path / "logo.png", colour), 28, 300)
    assert min(logo.getpixel((50, 14))[:3]) > 90


def test_what_is_no_logo_is_refused_with_a_sentence(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "photo.jpg")
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "torn.png").write_bytes(
        write(tmp_path / "whole.png", (9, 9, 9, 255)).read_bytes()[:90]
    )
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "empty.png")
    Image.new("L", (5001, 5000)).save(tmp_path / "huge.png")
    for name, sentence in {
        "photo.jpg": "is a JPEG file. Save it as PNG or WebP",
        "text.png": "is no picture that can be used",
        "torn.png": "is damaged or not whole",
        "empty.png": "all of it is transparent",
        "huge.png": "25 megapixels are the limit",
        "missing.png": "No such file",
    }.items():
        with pytest.raises(LogoError, match=sentence):
            load_logo(tmp_path / name, 28, 300)


@pytest.mark.parametrize("domain_name", ["", "music.example.com"])
def test_it_stands_at_the_foot_beside_the_site(tmp_path: Path, domain_name: str) -> None:
    logo = write(tmp_path / "logo.png", (255, 255, 255, 255))
    pictures = [
        make_painter(look=Look.GLOW, domain_name=domain_name, logo=each).canvas.planes.y
        for each in (None, logo)
    ]
    area = get_layout(VideoFormat.WIDE, False, Look.GLOW).watermark
    bare, signed = (crop(picture, area) for picture in pictures)
    columns = np.flatnonzero((signed > 225).all(axis=0))
    assert len(columns) == pytest.approx(112, abs=3)
    assert (
        columns.mean() < area.width / 2 if domain_name else abs(columns.mean() - area.width / 2) < 2
    )
    pictures[1][area.y : area.bottom, area.x : area.right] = bare
    assert (pictures[0] == pictures[1]).all()
