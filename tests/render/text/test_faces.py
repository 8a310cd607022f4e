"""The shipped faces: their characters, their size and their licences."""

import subprocess
import sys
from collections.abc import Iterable

import pytest
from fontTools.ttLib import TTFont

from videos.render.options import Typeface
from videos.render.text.faces import (
    CAVEAT,
    COLOUR_EMOJI,
    FACES,
    FOLDER,
    MONOCHROME_EMOJI,
    OSWALD,
    PLAYFAIR,
    TYPEFACES,
    Face,
    Weight,
    load_font,
    read_coverage,
)
from videos.render.text.runs import choose_face

SHIPPED = [*FACES, COLOUR_EMOJI, CAVEAT, PLAYFAIR, OSWALD]


def parametrize_faces(faces: Iterable[Face]) -> dict[str, object]:
    return {"argvalues": list(faces), "ids": [face.file for face in faces]}


def code_points(face: Face) -> set[int]:
    ranges = zip(*read_coverage(face.file), strict=True)
    return {code for first, last in ranges for code in range(first, last + 1)}


@pytest.mark.parametrize("face", **parametrize_faces(SHIPPED))
def test_coverage_is_what_the_font_maps(face):
    with TTFont(FOLDER / face.file, lazy=True) as font:
        assert code_points(face) == set(font.getBestCmap())


def test_has_glyph_is_right_at_the_edges_of_ranges():
    starts, ends = read_coverage(CAVEAT.file)
    codes = (starts[0] - 1, starts[0], ends[-1], ends[-1] + 1)
    assert [CAVEAT.has_glyph(chr(code)) for code in codes] == [False, True, True, False]


@pytest.mark.parametrize("face", **parametrize_faces([face for face in SHIPPED if face.axes]))
def test_weights_differ_in_variable_faces(face):
    with TTFont(FOLDER / face.file, lazy=True) as font:
        assert [axis.axisTag for axis in font["fvar"].axes] == list(face.axes)
    sample = next(chr(code) for code in sorted(code_points(face)) if chr(code).isalpha())
    ink = [sum(load_font(face, 100, weight, 32).getmask(sample)) for weight in Weight]
    assert ink[0] < ink[1] < ink[2]


def test_every_emoji_has_an_outline_too():
    assert code_points(COLOUR_EMOJI) - code_points(MONOCHROME_EMOJI) <= {0x20}


def test_what_ships_is_small_and_licensed():
    fonts = [path for path in FOLDER.iterdir() if path.suffix in {".ttf", ".otf"}]
    assert {path.name for path in fonts} == {face.file for face in SHIPPED}
    assert sum(path.stat().st_size for path in fonts) < 40_000_000
    licences = [path.read_text() for path in FOLDER.glob("LICENSE-*.txt")]
    assert len(licences) == 6
    assert all("SIL OPEN FONT LICENSE Version 1.1" in text for text in licences)


@pytest.mark.parametrize("typeface", list(Typeface))
def test_each_typeface_draws_its_letters_and_leaves_other_scripts_to_the_usual_faces(typeface):
    faces = TYPEFACES[typeface]
    assert {choose_face(letter, faces) for letter in "Aéжß"} == {faces[0]}
    assert [choose_face(letter, faces) for letter in "عשกअ夜"] == [
        choose_face(letter, FACES) for letter in "عשกअ夜"
    ]


def test_drawing_needs_neither_fonttools_nor_a_slow_start():
    program = (
        "import sys, time; from PIL import ImageFont; begun = time.process_time()\n"
        "from videos.render.text import Typesetter, Weight\n"
        "Typesetter().width('Afterglow', 46, Weight.HEAVY)\n"
        "took = time.process_time() - begun\n"
        "assert 'fontTools' not in sys.modules; assert took < 0.1, took"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
