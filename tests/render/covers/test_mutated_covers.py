"""Five hundred damaged covers, through the conversion of an upload and through the renderer.

None may raise anything but a sentence, or take long.
"""

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.render.covers.mutated_covers import KINDS, make, whole_cover
from videos.render.covers.jpeg import convert_to_jpeg
from videos.render.errors import CoverError
from videos.render.paint.cover_file import load_cover, scale_cover

COVERS = 500
SAMPLE = 66  # covers of the usual tests, three of each kind; the others are tried each night
TIMEOUT = 20  # seconds
REFUSED = {"gif", "bmp", "tiff", "heic", "svg"}

# Of damaged metadata, Pillow only warns
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")


@pytest.mark.parametrize("kind", KINDS)
def test_without_damage_each_is_read_or_refused_by_its_name(kind: str) -> None:
    if kind in REFUSED:
        with pytest.raises(CoverError, match=rf"(?i)it is an? {kind}"):
            convert_to_jpeg(io.BytesIO(whole_cover(kind)))
    else:
        assert convert_to_jpeg(io.BytesIO(whole_cover(kind))).startswith(b"\xff\xd8")


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_a_damaged_cover_is_a_picture_or_a_sentence(tmp_path: Path, seed: int) -> None:
    check(tmp_path, seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(SAMPLE, COVERS))
def test_each_damaged_cover_is_a_picture_or_a_sentence(tmp_path: Path, seed: int) -> None:
    check(tmp_path, seed)


def check(folder: Path, seed: int) -> None:
    """Read the cover of ``seed`` as an upload and for a film: both ways lead to the same end."""
    name, data = make(seed)
    path = folder / "cover"
    path.write_bytes(data)
    begin = time.monotonic()
    upload, film = convert(data), load(path)
    assert time.monotonic() - begin < TIMEOUT, name
    if isinstance(upload, str) or isinstance(film, str):
        assert upload == film, name
        assert upload.startswith("The cover "), name
        assert upload.endswith("."), name
    else:
        assert (upload.mode, film.size) == ("RGB", (64, 64)), name


def convert(data: bytes) -> Image.Image | str:
    try:
        return Image.open(io.BytesIO(convert_to_jpeg(io.BytesIO(data))))
    except CoverError as error:
        return str(error)


def load(path: Path) -> Image.Image | str:
    try:
        return scale_cover(load_cover(path, 64), 64, 64).crop((0, 0, 64, 64))
    except CoverError as error:
        return str(error)
