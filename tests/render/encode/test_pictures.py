from collections.abc import Mapping

import pytest
from av.video.frame import PictureType

from videos.render.encode import pictures
from videos.render.encode.pictures import (
    DEFAULT_SETTINGS,
    FADE_SETTINGS,
    IN_PLACE_SETTINGS,
    X264_OPTIONS,
    EncoderSettings,
    open_picture_encoder,
)
from videos.render.errors import RenderError
from videos.render.paint.canvas import Canvas

# What x264 writes of each option that we set.
EXPECTED = {
    "preset": {"me": "dia", "ref": "1", "trellis": "0", "cabac": "1", "8x8dct": "1"},
    "qp": {"rc": "cqp", "qp": X264_OPTIONS["qp"]},
    "i_qfactor": {"ip_ratio": "3.33"},
    "x264-params": {
        "bframes": "0",
        "scenecut": "0",
        "weightp": "0",
        "deblock": "0:0:0",
        "aq": "0",
        "analyse": "0x3:0x13",
        "subme": "1",
        "psy": "0",
        "deadzone": "7,2",
        "me_range": "4",
    },
}


def read_settings(
    fps: int = 30, encoder_settings: EncoderSettings = DEFAULT_SETTINGS
) -> Mapping[str, str]:
    """Return the settings that x264 writes before its first frame, as a user-data message."""
    encoder = open_picture_encoder(64, 64, fps, encoder_settings)
    frame = Canvas(64, 64).frame
    frame.pts, frame.pict_type = 0, PictureType.I
    _, _, rest = b"".join(map(bytes, encoder.encode(frame))).partition(b"options: ")
    words = rest.partition(b"\x00")[0].decode("ascii").split()
    return dict(word.partition("=")[::2] for word in words)


def test_every_option_took() -> None:
    """PyAV ignores a misspelt option in silence, and x264 a parameter."""
    assert EXPECTED.keys() | {"profile"} == X264_OPTIONS.keys()  # the profile: see test_film
    for expected in EXPECTED.values():
        assert expected.items() <= read_settings().items()


def test_what_changes_in_place_is_not_searched_for_between_pixels() -> None:
    default, in_place = read_settings(), read_settings(encoder_settings=IN_PLACE_SETTINGS)
    assert {name for name in default if default[name] != in_place[name]} == {"subme"}
    assert in_place["subme"] == "0"


def test_what_fades_is_finer_and_made_of_whole_blocks() -> None:
    default, fading = read_settings(), read_settings(encoder_settings=FADE_SETTINGS)
    assert {name for name in default if default[name] != fading[name]} == {"analyse", "qp"}
    assert fading["analyse"] == "0x3:0"
    assert int(default["qp"]) - int(fading["qp"]) == FADE_SETTINGS.finer


@pytest.mark.parametrize("fps", [30, 60])
def test_a_group_lasts_ten_seconds(fps: int) -> None:
    assert read_settings(fps)["keyint"] == str(10 * fps)


def test_groups_run_side_by_side_and_not_x264() -> None:
    assert read_settings()["threads"] == "1"
    assert read_settings().get("open_gop", "0") == "0"


def test_a_misspelt_option_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pictures.X264_OPTIONS, "i_qfaktor", "0.4")
    with pytest.raises(RenderError, match="i_qfaktor"):
        open_picture_encoder(64, 64, 30)


def test_a_frame_is_encoded_at_once() -> None:
    encoder = open_picture_encoder(64, 64, 30)
    frame = Canvas(64, 64).frame
    for number in range(3):
        frame.pts = number
        assert [packet.pts for packet in encoder.encode(frame)] == [number]
