"""Words can be read on any cover: the contrast of their ink with what lies behind them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.paint.scenery import painter, pixels
from tests.render.samples import lines
from videos.render.layout import Rect, layout_for
from videos.render.lyrics import Line, Word
from videos.render.paint import Painter
from videos.render.scene import Look, VideoFormat
from videos.render.text import Typesetter

SMALL, LARGE = 4.5, 3.0
"""The least contrast of text and of large text (WCAG 2.2, 1.4.3)."""

COVERS = ["white", "black", "noise", "chequers", "orange", "none"]
LYRICS = (Line(0, 3, "The line before"), *lines(12)[2:])


def cover(folder: Path, kind: str) -> Path | None:
    random = np.random.default_rng(4)
    made = {
        "noise": random.integers(0, 256, (300, 300, 3), np.uint8),
        "chequers": np.kron(np.indices((20, 20)).sum(axis=0) % 2, np.ones((16, 16))) * 255,
    }
    if kind == "none":
        return None
    shades = {"orange": "#ff8800"}
    image = (
        Image.fromarray(made[kind].astype(np.uint8)).convert("RGB")
        if kind in made
        else Image.new("RGB", (300, 300), shades.get(kind, kind))
    )
    image.save(folder / "cover.png")
    return folder / "cover.png"


def luminance(picture: np.ndarray, area: Rect) -> np.ndarray:
    """Return the relative luminance of the pixels of an area (WCAG 2.2)."""
    part = picture[area.y : area.bottom, area.x : area.right] / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def places(each: Painter, form: VideoFormat, look: Look) -> dict[str, Rect]:
    """Return where words stand whose contrast counts: of lyrics, the sung line and the next."""
    layout = layout_for(form, True, look)
    assert layout.lyrics is not None
    window, size = layout.lyrics.area, layout.lyrics.size
    sung = window.y + round(window.height * layout.lyrics.sung)
    author = layout.heading.area
    return {
        "heading": author,
        "site": layout.watermark,
        "elapsed": each._parts[-2].area,
        "total": layout.time.total,
        "sung": window._replace(y=sung - size // 2, height=size),
        "next": window._replace(y=sung + size, height=size),
    }


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("form", list(VideoFormat))
@pytest.mark.parametrize("kind", COVERS)
def test_words_stand_out_from_any_cover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look, form, kind: str
) -> None:
    path = cover(tmp_path, kind)
    written = painter(form, LYRICS, cover=path, look=look, drawn=kind == "none")
    inked = pixels(written.picture(135))
    monkeypatch.setattr(Typesetter, "draw", lambda *_, **__: 0.0)
    bare = pixels(painter(form, LYRICS, cover=path, look=look, drawn=kind == "none").picture(135))
    for name, area in places(written, form, look).items():
        letters = (np.abs(inked - bare).max(axis=2) > 40)[area.y : area.bottom, area.x : area.right]
        columns = np.flatnonzero(letters.any(axis=0))
        assert len(columns), name
        kept = area._replace(x=area.x + columns[0], width=int(np.ptp(columns)) + 1)
        ink = np.percentile(luminance(inked, area)[letters], 90)
        ground = np.percentile(luminance(bare, kept), 95)
        least = LARGE if name == "next" else SMALL
        assert (ink + 0.05) / (ground + 0.05) >= least, name


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("kind", COVERS)
def test_words_that_are_still_to_be_sung_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look, kind: str
) -> None:
    """In the sung line, none of whose words has begun."""
    words = (Line(2, 9, "Wait for it", (Word(8, 9, "Wait"), Word(9, 9, "for"), Word(9, 9, "it"))),)
    path = cover(tmp_path, kind)
    each = painter(lyrics=words, cover=path, look=look, drawn=kind == "none")
    inked = pixels(each.picture(135))
    area = places(each, VideoFormat.WIDE, look)["sung"]
    monkeypatch.setattr(Typesetter, "draw", lambda *_, **__: 0.0)
    bare = pixels(painter(lyrics=words, cover=path, look=look, drawn=kind == "none").picture(135))
    letters = (np.abs(inked - bare).max(axis=2) > 40)[area.y : area.bottom, area.x : area.right]
    ink = np.percentile(luminance(inked, area)[letters], 90)
    columns = np.flatnonzero(letters.any(axis=0))
    kept = area._replace(x=area.x + columns[0], width=int(np.ptp(columns)) + 1)
    ground = np.percentile(luminance(bare, kept), 95)
    assert (ink + 0.05) / (ground + 0.05) >= SMALL
