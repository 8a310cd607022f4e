"""What a face cannot draw is drawn by the next one, or left out and named in the log."""

import logging
from pathlib import Path

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

from tests.render.text.test_typesetter import SIZE, ink
from tools.fonts.make import build_cmap
from videos.render.text import Typesetter, Weight, render_signature
from videos.render.text.faces import FACES, Face


def build_face(folder: Path) -> Face:
    """Return a face without a space whose "a" overflows FreeType's rasterizer; its "b" is sound."""
    widths = {".notdef": 0, "small": 60, "wide": 30_000}
    pens = {}
    for name, width in widths.items():
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        pen.lineTo((width, 0))
        pen.lineTo((width, 60))
        pen.closePath()
        pens[name] = pen.glyph()
    builder = FontBuilder(100, isTTF=True)
    builder.setupGlyphOrder(list(widths))
    letters = {0x61: "wide", 0x62: "small"}
    builder.setupCharacterMap(letters)
    builder.setupGlyf(pens)
    builder.setupHorizontalMetrics(dict.fromkeys(widths, (80, 0)))
    builder.setupHorizontalHeader(ascent=80, descent=-20)
    builder.setupPost()
    builder.font["cmap"].tables = [build_cmap(letters)]
    builder.save(folder / "broken.ttf")
    return Face(str(folder / "broken.ttf"))


def test_a_letter_that_overflows_is_drawn_by_the_next_face(tmp_path, caplog):
    faces = (build_face(tmp_path), *FACES)
    assert np.array_equal(ink("a", faces=faces), ink("a"))
    assert "broken.ttf cannot draw U+0061 LATIN SMALL LETTER A: raster overflow" in caplog.text


def test_the_letters_beside_it_stay_with_their_face(tmp_path):
    face = build_face(tmp_path)
    together = ink("bab", faces=(face, *FACES))
    assert not np.array_equal(together, ink("bab"))
    assert np.array_equal(together[:, :70], ink("b", faces=(face, *FACES))[:, :70])


def test_what_the_last_face_cannot_draw_is_left_out_and_named(tmp_path, caplog):
    faces = (build_face(tmp_path),)
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(ink("bab", faces=faces), ink("bb", faces=faces))
    assert "No shipped face draws U+0061 LATIN SMALL LETTER A; left out." in caplog.text


def test_a_line_of_too_many_pixels_is_drawn_letter_by_letter():
    image = Image.new("L", (600, 300))
    Typesetter().draw(image, (0, 250), "W" * 2000, 300, Weight.HEAVY, 255)
    assert np.asarray(image)[:, 400:].max() == 255


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("size", [8, 46, 120, 400])
def test_the_basmala_is_drawn_at_every_size_and_weight(size, weight):
    image = Image.new("L", (5000, 1000))
    width = Typesetter().draw(image, (20, 600), "﷽", size, weight, 255)
    box = image.getbbox()
    assert box is not None
    assert 0.8 * width < box[2] - box[0] <= width + size


def test_a_stray_tag_is_left_out_and_named(caplog):
    assert np.array_equal(ink("Hi \U000e0067there"), ink("Hi there"))
    assert np.array_equal(ink("1\U000e00672"), ink("12"))
    assert "U+E0067 TAG LATIN SMALL LETTER G" in caplog.text


def test_a_flag_of_tags_keeps_them():
    wales = "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    pictures = []
    for text in (wales, "🏴"):
        image = Image.new("RGBA", (100, 100))
        Typesetter().draw(image, (10, 80), text, SIZE, Weight.BOLD, (255, 255, 255, 255))
        pictures.append(np.asarray(image))
    assert not np.array_equal(*pictures)


@pytest.mark.parametrize("name", ["﷽", "a\U000e0067", "ᏣᎳᎩ", "ދިވެހި"])
def test_a_signature_is_made_of_any_name(name):
    assert render_signature(name, 60, 380).getbbox()
