"""Texts can be read on any cover: the contrast of their ink with what lies behind them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pairwise import at_night
from tests.render.paint.factories import make_painter, to_pixels
from tests.render.samples import lines
from videos.render.layout import Rect, get_layout
from videos.render.lyrics import Line, Word
from videos.render.options import Look, VideoFormat
from videos.render.paint import Painter
from videos.render.paint.text_contrast import darken_areas
from videos.render.text import Typesetter, Weight

MIN_CONTRAST, MIN_CONTRAST_LARGE = 4.5, 3.0  # of text and of large text (WCAG 2.2, 1.4.3)

COVERS = ["white", "noise", "words", "none", *at_night(["black", "chequers", "orange", "grey"])]
LYRICS = (Line(0, 3, "The line before"), *lines(12)[2:])
AREA = Rect(80, 80, 160, 80)


def write_cover(folder: Path, kind: str) -> Path | None:
    random = np.random.default_rng(4)
    patterns = {
        "noise": random.integers(0, 256, (300, 300, 3), np.uint8),
        "chequers": np.kron(np.indices((20, 20)).sum(axis=0) % 2, np.ones((16, 16))) * 255,
    }
    if kind == "none":
        return None
    if kind == "words":
        image = Image.new("RGB", (300, 300), (250, 240, 214))
        for number, word in enumerate(("SUMMER", "NEVER", "ENDS")):
            baseline = 90 + 80 * number
            Typesetter().draw(image, (10, baseline), word, 70, Weight.HEAVY, (230, 80, 50))
        image.save(folder / "cover.png")
        return folder / "cover.png"
    colours = {"orange": "#ff8800", "grey": "#999999"}
    image = (
        Image.fromarray(patterns[kind].astype(np.uint8)).convert("RGB")
        if kind in patterns
        else Image.new("RGB", (300, 300), colours.get(kind, kind))
    )
    image.save(folder / "cover.png")
    return folder / "cover.png"


def luminance(picture: np.ndarray, area: Rect) -> np.ndarray:
    """Return the relative luminance of the pixels of an area (WCAG 2.2)."""
    part = picture[area.y : area.bottom, area.x : area.right] / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def text_areas(painter: Painter, video_format: VideoFormat, look: Look) -> dict[str, Rect]:
    """Return the areas of the texts whose contrast counts: of lyrics, the current and next line."""
    layout = get_layout(video_format, True, look)
    assert layout.lyrics is not None
    window, size = layout.lyrics.area, layout.lyrics.font_size
    current = window.y + round(window.height * layout.lyrics.current_line_at)
    if look == Look.KINETIC:  # one line fills the window
        lyrics = {"current": window}
    else:
        lyrics = {"current": window._replace(y=current - size // 2, height=size)}
        if current + 3 * size <= window.bottom:  # otherwise it fades out there
            lyrics["next"] = window._replace(y=current + size, height=size)
    return {
        "heading": layout.heading.area,
        "watermark": layout.watermark,
        "elapsed": layout.time.elapsed if look == Look.DRIFT else painter.parts[-2].area,
        "total": layout.time.total,
        **lyrics,
    }


def measure_contrast(with_text: np.ndarray, without: np.ndarray, area: Rect) -> float:
    """Return the contrast between the letters in an area and what lies behind them."""
    rows, columns = slice(area.y, area.bottom), slice(area.x, area.right)
    letters = np.abs(with_text[rows, columns] - without[rows, columns]).max(axis=2) > 40
    columns = np.flatnonzero(letters.any(axis=0))
    assert len(columns)
    behind = area._replace(x=area.x + columns[0], width=int(np.ptp(columns)) + 1)
    ink = np.percentile(luminance(with_text, area)[letters], 90)
    ground = np.percentile(luminance(without, behind), 95)
    return float((ink + 0.05) / (ground + 0.05))


@pytest.mark.each_value
@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("video_format", list(VideoFormat))
@pytest.mark.parametrize("kind", COVERS)
def test_words_stand_out_from_any_cover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look, video_format, kind: str
) -> None:
    options = {
        "lyrics": LYRICS,
        "cover": write_cover(tmp_path, kind),
        "look": look,
        "is_cover_generated": kind == "none",
        "level": 1.0,  # the lightest frame: the halo and the bars as bright as they get
    }
    painter = make_painter(video_format, **options)
    with_text = to_pixels(painter.paint_image(135))
    monkeypatch.setattr(Typesetter, "draw", lambda *_, **__: 0.0)
    without = to_pixels(make_painter(video_format, **options).paint_image(135))
    for name, area in text_areas(painter, video_format, look).items():
        min_contrast = MIN_CONTRAST_LARGE if name == "next" else MIN_CONTRAST
        assert measure_contrast(with_text, without, area) >= min_contrast, name


@pytest.mark.parametrize("look", [Look.GLOW, *at_night([Look.ORBIT, Look.WAVE])])
@pytest.mark.parametrize("kind", COVERS)
def test_words_that_are_still_to_be_sung_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look, kind: str
) -> None:
    """In the current line, none of whose words has begun."""
    words = (Word(8, 9, "Wait"), Word(9, 9, "for"), Word(9, 9, "it"))
    options = {
        "lyrics": (Line(2, 9, "Wait for it", words),),
        "cover": write_cover(tmp_path, kind),
        "look": look,
        "is_cover_generated": kind == "none",
    }
    painter = make_painter(**options)
    with_text = to_pixels(painter.paint_image(135))
    area = text_areas(painter, VideoFormat.WIDE, look)["current"]
    monkeypatch.setattr(Typesetter, "draw", lambda *_, **__: 0.0)
    without = to_pixels(make_painter(**options).paint_image(135))
    assert measure_contrast(with_text, without, area) >= MIN_CONTRAST


def picture(colour: float | tuple[float, ...]) -> np.ndarray:
    return np.full((360, 640, 3), colour, np.float32)


@pytest.mark.parametrize("colour", [255.0, (255.0, 136.0, 0.0), (0.0, 255.0, 255.0)])
@pytest.mark.parametrize("across", [False, True])
def test_an_area_becomes_as_dark_as_is_said_and_hardly_darker(colour, across: bool) -> None:
    pixels = picture(colour)
    darken_areas(pixels, [(AREA, 80.0)], across)
    part = pixels[AREA.y : AREA.bottom, AREA.x : AREA.right] / 255
    grey = 255 * (part**2.2 @ [0.2126, 0.7152, 0.0722]) ** (1 / 2.2)
    assert grey.max() < 88
    assert grey.max() > 60
    assert pixels.min() >= 0


def test_far_away_and_where_it_is_dark_nothing_changes() -> None:
    bright, dark = picture(255.0), picture(60.0)
    darken_areas(bright, [(AREA, 80.0)])
    darken_areas(dark, [(AREA, 80.0)])
    assert (bright[300:, 500:] == 255).all()
    assert (dark == 60).all()


def test_a_shade_runs_out_softly() -> None:
    pixels = picture(255.0)
    darken_areas(pixels, [(AREA, 80.0)])
    down = np.abs(np.diff(pixels[:, 160, 0]))
    assert down.max() < 10


def test_an_area_without_size_is_none() -> None:
    pixels = picture(255.0)
    darken_areas(pixels, [(Rect(0, 0, 0, 0), 80.0)])
    assert (pixels == 255).all()
