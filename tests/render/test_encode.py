from pathlib import Path

import pytest

from tests.render.films import settings_of
from tests.render.paint.scenery import painter
from videos.render import encode
from videos.render.encode import X264, encode_chunk, open_picture_encoder
from videos.render.errors import RenderError

# What x264 writes down of each option that we set.
WRITTEN = {
    "preset": {"subme": "0", "me": "dia", "ref": "1", "aq": "0", "bframes": "0", "scenecut": "0"},
    "crf": {"rc": "crf", "crf": "28.0"},
    "i_qfactor": {"ip_ratio": "2.50"},
    "g": {"keyint": "300"},
    "coder": {"cabac": "1"},
    "x264-params": {"8x8dct": "1"},
}


def test_every_option_took(film: Path) -> None:
    """PyAV ignores a misspelt option in silence, and x264 a parameter."""
    assert WRITTEN.keys() | {"profile"} == X264.keys()  # the profile: see the stream's properties
    settings = settings_of(film)
    assert len(settings) == 2  # a key frame, and so a message, for each chunk
    for written in WRITTEN.values():
        for each in settings:
            assert written.items() <= each.items()


def test_chunks_run_side_by_side_and_not_x264(film: Path) -> None:
    assert {each["threads"] for each in settings_of(film)} == {"1"}
    assert {each.get("open_gop", "0") for each in settings_of(film)} == {"0"}


def test_a_misspelt_option_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(encode.X264, "i_qfaktor", "0.4")
    with pytest.raises(RenderError, match="i_qfaktor"):
        open_picture_encoder(64, 64, 30)


def test_a_chunk_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    each = painter(seconds=1)
    header = bytes(open_picture_encoder(1280, 720, 30).extradata or b"")
    pictures = list(encode_chunk(each, range(7, 20), 30, header))
    assert [picture.number for picture in pictures] == list(range(7, 20))
    assert [picture.is_key for picture in pictures] == [True] + 12 * [False]


def test_a_chunk_under_other_parameters_is_an_error() -> None:
    with pytest.raises(RenderError, match="other parameters"):
        next(encode_chunk(painter(seconds=1), range(3), 30, b"another header"))
