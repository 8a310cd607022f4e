from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from videos.render.paint.backdrop.interfaces import Window
from videos.render.paint.backdrop.slides import DISSOLVE, Slides, make_sheet
from videos.render.paint.yuv import Yuv

SIZE = (160, 96)


def window(min_seen: float = 0.45) -> Window:
    return Window(SIZE, min_seen, lambda picture: picture)


def colours(*names: str, size: tuple[int, int] = (200, 100)) -> list[Image.Image]:
    return [Image.new("RGB", size, name) for name in names]


def noise() -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 255, (96, 240, 3), np.uint8)
    return Image.fromarray(pixels)


def same(one: Yuv, other: Yuv) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_a_single_picture_drifts_there_and_back() -> None:
    slides = Slides([noise()], window(), (), 60)
    period = slides.period
    assert period
    places = [slides.view(time / 15).first_at for time in range(round(period * 15) + 1)]
    assert np.abs(np.diff(places)).max() == 1
    assert len(set(places)) > 10
    assert slides.view(1.0) == slides.view(1.0 + period) == slides.view(1.0 + 3 * period)
    assert not same(slides.picture(slides.view(0)), slides.picture(slides.view(1)))


def test_what_repeats_is_a_whole_number_of_frames() -> None:
    for side in (100, 173, 555):
        period = Slides(colours("red", size=(side, 96)), window(), (), 60).period
        assert period is not None
        assert period * 30 == pytest.approx(round(period * 30))


def test_between_steps_nothing_changes() -> None:
    slides = Slides([noise()], window(), (), 60)
    assert len({slides.view(frame / 60) for frame in range(60)}) <= 16


def test_pictures_dissolve_into_the_next_and_come_again() -> None:
    slides = Slides(colours("black", "white", "red"), window(), (4.0, 8.0, 12.0), 16)
    assert slides.period is None
    lumas = [slides.picture(slides.view(time)).y.mean() for time in (1, 4, 6, 10, 14)]
    assert lumas[0] == 16
    assert 80 < lumas[1] < 180
    assert lumas[2] == 235
    assert lumas[4] == 16
    shares = {slides.view(4 - DISSOLVE / 2 + frame / 30).share for frame in range(17)}
    assert len(shares) >= 7


def test_a_picture_of_any_shape_has_room_in_one_direction() -> None:
    for size in ((400, 100), (100, 400), (160, 96), (90, 90)):
        tall, wide = make_sheet(colours("blue", size=size)[0], window()).y.shape
        assert (wide > SIZE[0]) != (tall > SIZE[1])
        assert wide >= SIZE[0]
        assert tall >= SIZE[1]


def test_a_picture_is_no_lighter_than_the_window_allows_on_average() -> None:
    light, dark = (
        make_sheet(image, window()._replace(max_brightness=100.0)).y
        for image in colours("white", "#202020")
    )
    assert light.mean() == pytest.approx(16 + 100 * 219 / 255, abs=1)
    assert dark.mean() == pytest.approx(16 + 32 * 219 / 255, abs=1)


def test_pictures_are_read_from_files_when_they_are_seen(tmp_path: Path) -> None:
    colours("red")[0].save(tmp_path / "one.png")
    slides = Slides([tmp_path / "one.png", tmp_path / "none.png"], window(), (30.0,), 60)
    assert slides.picture(slides.view(1)).y.shape == SIZE[::-1]
    waits: list[None] = []
    Slides(colours("red", "blue"), window(), (3.0,), 6).prepare(lambda: waits.append(None))
    assert len(waits) == 2
