"""The contact sheet of all looks."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tools.look_pictures.contact_sheet import CAPTION, GAP, HEIGHT, main
from videos.render.options import Look

WIDTHS = 2 * (640 + 360 + 202)
SHEET = Path("docs/looks.jpg")


@pytest.mark.nightly
def test_it_shows_every_look_and_format(tmp_path: Path) -> None:
    main([str(tmp_path / "sheet.jpg")])
    with Image.open(tmp_path / "sheet.jpg") as sheet:
        assert sheet.size == (WIDTHS + 7 * GAP, len(Look) * (HEIGHT + CAPTION) + GAP)
        rows = np.asarray(sheet, np.float32)
    stills = [rows[row : row + HEIGHT] for row in range(CAPTION, len(rows), HEIGHT + CAPTION)]
    assert len(stills) == len(Look)
    for one, other in combinations(range(len(Look)), 2):
        assert np.abs(stills[one] - stills[other]).mean() > 10


def test_the_one_in_the_documentation_is_light_enough_to_load() -> None:
    assert SHEET.stat().st_size < 1_000_000
    with Image.open(SHEET) as sheet:
        assert sheet.width == WIDTHS + 7 * GAP
