from pathlib import Path

import pytest
from PIL import Image

from tests.cover_cases import BLUE, RED
from videos.render.errors import CoverError
from videos.render.paint.cover_file import crop_cover, limit_aspect, load_cover, scale_cover


def draw_stripes(width: int, height: int) -> Image.Image:
    """Return a picture that is red in its first tenth and in its last, and blue between."""
    image = Image.new("RGB", (width, height), BLUE)
    if width > height:
        ends = (0, 0, width // 10, height), (width - width // 10, 0, width, height)
    else:
        ends = (0, 0, width, height // 10), (0, height - height // 10, width, height)
    for end in ends:
        image.paste(RED, end)
    return image


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (640, 640), (1600, 900), (900, 1600)])
def test_the_whole_picture_is_loaded(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, BLUE).save(tmp_path / "cover.png")
    assert load_cover(tmp_path / "cover.png", 400).size == size


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(b"GIF89a")
    with pytest.raises(CoverError, match=r"it is a GIF picture"):
        load_cover(tmp_path / "cover.png", 64)


@pytest.mark.parametrize(
    ("size", "box", "scaled"),
    [
        ((1000, 1000), (400, 400), (400, 400)),
        ((1000, 1000), (1280, 720), (1280, 1280)),
        ((1600, 900), (1280, 720), (1280, 720)),
        ((1920, 1088), (1280, 720), (1280, 725)),
        ((900, 1600), (720, 1280), (720, 1280)),
        ((1600, 900), (720, 1280), (2276, 1280)),
        ((1600, 900), (400, 400), (711, 400)),
        ((3000, 300), (400, 400), (960, 400)),
        ((1, 5000), (400, 400), (400, 960)),
        ((1, 1), (400, 400), (400, 400)),
    ],
)
def test_a_cover_is_scaled_to_cover_its_box(
    size: tuple[int, int], box: tuple[int, int], scaled: tuple[int, int]
) -> None:
    cover = scale_cover(Image.new("RGB", size, BLUE), *box)
    assert cover.size == scaled
    assert crop_cover(cover, *box).size == box


@pytest.mark.parametrize(("size", "box"), [((1600, 900), (1280, 720)), ((900, 1600), (720, 1280))])
def test_where_shapes_agree_nothing_is_cut(size: tuple[int, int], box: tuple[int, int]) -> None:
    shown = crop_cover(scale_cover(draw_stripes(*size), *box), *box)
    for x, y in ((2, 2), (box[0] - 3, box[1] - 3)):
        assert shown.getpixel((x, y)) == pytest.approx(RED, abs=3)
    assert shown.getpixel((box[0] // 2, box[1] // 2)) == pytest.approx(BLUE, abs=3)


def test_of_another_shape_the_middle_is_shown() -> None:
    shown = crop_cover(scale_cover(draw_stripes(1600, 900), 400, 400), 400, 400)
    assert shown.getcolors() == [(400 * 400, BLUE)]


def test_no_shape_is_longer_than_a_wide_film() -> None:
    assert limit_aspect(1600, 900) == pytest.approx(16 / 9)
    assert limit_aspect(300, 300) == 1
    assert limit_aspect(5000, 1) == pytest.approx(1 / limit_aspect(1, 5000)) == pytest.approx(2.4)
