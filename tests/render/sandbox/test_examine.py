"""The examination of a vendor's film."""

from io import BytesIO

import pytest
from PIL import Image

from tests import media_files
from videos.render.sandbox.examine import FilmError, examine_in_child
from videos.render.sandbox.examine_child import examine, is_complete


@pytest.fixture
def film(tmp_path):
    (tmp_path / "film.mp4").write_bytes(media_files.mp4())
    return tmp_path / "film.mp4"


def test_a_film_has_a_size_a_duration_and_a_poster(film, tmp_path):
    info, jpeg = examine(film)
    assert info.duration == pytest.approx(1.0, abs=0.1)
    with Image.open(BytesIO(jpeg)) as poster:
        assert (poster.format, poster.size) == ("JPEG", (info.width, info.height))


def test_a_child_process_tells_the_same(film, tmp_path):
    info = examine_in_child(film, tmp_path / "poster.jpg")
    assert (info, (tmp_path / "poster.jpg").read_bytes()) == examine(film)


def test_a_film_that_lacks_a_byte_is_refused(film, tmp_path):
    assert is_complete(film)
    film.write_bytes(film.read_bytes()[:-1])
    assert not is_complete(film)
    with pytest.raises(FilmError, match="ends before the film does"):
        examine(film)
    with pytest.raises(FilmError, match="ends before the film does"):
        examine_in_child(film, tmp_path / "poster.jpg")


@pytest.mark.parametrize("data", [b"", b"<html>", media_files.wav()])
def test_what_is_no_film_is_refused(tmp_path, data):
    (tmp_path / "film.mp4").write_bytes(data)
    with pytest.raises(FilmError):
        examine_in_child(tmp_path / "film.mp4", tmp_path / "poster.jpg")
    assert not (tmp_path / "poster.jpg").exists()
