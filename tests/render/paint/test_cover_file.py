import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from videos.render.errors import CoverError
from videos.render.paint.cover_file import load_cover

RED, BLUE = (220, 30, 30), (30, 40, 220)


def draw_halves(size: tuple[int, int]) -> Image.Image:
    """Return a picture that is red to the left of its middle and blue to the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return image


def colour_at(cover: Image.Image, x: float, y: float) -> tuple[int, ...]:
    pixel = cover.getpixel((int(x * cover.width), int(y * cover.height)))
    assert isinstance(pixel, tuple)
    return pixel


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (3, 500), (640, 640), (2000, 900), (5000, 7)])
def test_any_size_becomes_the_square_asked_for(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "cover.png"
    Image.new("RGB", size, BLUE).save(path)
    cover = load_cover(path, 400)
    assert (cover.size, cover.mode) == ((400, 400), "RGB")
    assert colour_at(cover, 0.5, 0.5) == BLUE


def test_the_middle_is_kept(tmp_path: Path) -> None:
    draw_halves((900, 300)).save(tmp_path / "cover.png")
    cover = load_cover(tmp_path / "cover.png", 100)
    assert colour_at(cover, 0.1, 0.5) == RED
    assert colour_at(cover, 0.9, 0.5) == BLUE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_is_read_whatever_its_name(tmp_path: Path, kind: str) -> None:
    draw_halves((64, 64)).save(tmp_path / "cover.bin", kind)
    assert colour_at(load_cover(tmp_path / "cover.bin", 64), 0.1, 0.5)[0] > 180


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA", "RGBA", "YCbCr"])
def test_every_mode_is_understood(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    draw_halves((64, 64)).convert(mode).save(tmp_path / "cover", kind)
    cover = load_cover(tmp_path / "cover", 64)
    assert cover.mode == "RGB"
    if mode not in {"L", "LA", "1"}:
        assert colour_at(cover, 0.1, 0.5) == pytest.approx(RED, abs=30)


def test_sixteen_bits_of_grey_keep_their_shades(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    Image.fromarray(ramp).save(tmp_path / "cover.png")
    grey = np.asarray(load_cover(tmp_path / "cover.png", 64), int)[:, 32, 0]
    assert grey[0] < 10
    assert grey[32] == pytest.approx(128, abs=6)
    assert grey[-1] > 245


def test_a_photograph_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by 90°
    draw_halves((64, 64)).save(tmp_path / "cover.jpg", exif=exif)
    cover = load_cover(tmp_path / "cover.jpg", 64)
    assert colour_at(cover, 0.5, 0.1)[0] > 180
    assert colour_at(cover, 0.5, 0.9)[2] > 180


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_first_picture_of_an_animation_is_taken(tmp_path: Path, kind: str) -> None:
    first, second = Image.new("RGB", (32, 32), RED), Image.new("RGB", (32, 32), BLUE)
    first.save(tmp_path / "cover", kind, save_all=True, append_images=[second], duration=100)
    assert colour_at(load_cover(tmp_path / "cover", 32), 0.5, 0.5)[0] > 180


@pytest.mark.parametrize(("ink", "ground_is_dark"), [("white", True), ("black", False)])
def test_a_transparent_logo_is_set_off(tmp_path: Path, ink: str, ground_is_dark: bool) -> None:
    logo = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    logo.paste(ink, (16, 16, 48, 48))
    logo.save(tmp_path / "cover.png")
    cover = load_cover(tmp_path / "cover.png", 64)
    assert (colour_at(cover, 0.05, 0.05)[0] < 100) == ground_is_dark
    assert (colour_at(cover, 0.5, 0.5)[0] > 200) == ground_is_dark


def make_bomb(width: int, height: int) -> bytes:
    """Return a decompression bomb: a PNG that claims to be huge and holds nothing."""
    file = io.BytesIO()
    Image.new("1", (1, 1)).save(file, "PNG")
    data = bytearray(file.getvalue())
    data[16:24] = width.to_bytes(4) + height.to_bytes(4)
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)
    return bytes(data)


@pytest.mark.parametrize("size", [(10_000, 5_001), (60_000, 60_000)])
def test_too_many_pixels_are_refused_before_they_are_decoded(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "cover.png").write_bytes(make_bomb(*size))
    with pytest.raises(CoverError, match="too large: 50,000,000 pixels"):
        load_cover(tmp_path / "cover.png", 64)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0junk"])
def test_what_is_no_picture_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "cover.png").write_bytes(data)
    with pytest.raises(CoverError, match=r"^The cover cannot be read: .*\.$"):
        load_cover(tmp_path / "cover.png", 64)


def test_half_a_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cover.png"
    Image.effect_noise((256, 256), 90).save(path)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(CoverError):
        load_cover(path, 64)


def test_a_missing_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CoverError):
        load_cover(tmp_path / "nowhere.jpg", 64)
