import pytest

from videos.render.encode import pictures
from videos.render.encode.pictures import open_picture_encoder
from videos.render.encode.splice.parameters import parse_parameter_sets
from videos.render.errors import RenderError


def header(height: int = 720) -> bytes:
    return bytes(open_picture_encoder(1280, height, 30).extradata or b"")


def test_those_of_a_part_are_those_of_the_whole() -> None:
    parameters = parse_parameter_sets(header())
    assert parameters.frame_number_bits == 4
    assert 0 < parameters.quantiser <= 51
    assert parse_parameter_sets(header(32)) == parse_parameter_sets(header(320)) == parameters


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("coder", "vlc", "CABAC"),
        ("x264-params", "bframes=2", "no B-frames"),
        ("refs", "3", "one reference"),
    ],
)
def test_an_encoder_that_is_set_up_in_another_way_is_refused(
    monkeypatch: pytest.MonkeyPatch, option: str, value: str, expected: str
) -> None:
    monkeypatch.setitem(pictures.X264_OPTIONS, option, value)
    with pytest.raises(RenderError, match=expected):
        parse_parameter_sets(header())


@pytest.mark.parametrize("garbage", [b"", b"\0\0\1\x67", b"\0\0\1\x67\x64\0\x1f\0\0\1\x68\xff"])
def test_garbage_is_refused(garbage: bytes) -> None:
    with pytest.raises(RenderError):
        parse_parameter_sets(garbage)
