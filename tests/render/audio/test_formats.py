"""Formats that cannot be used, told by their first bytes."""

import pytest

from videos.render.audio.formats import SIGNATURES, unsupported_codec_message, unsupported_message


@pytest.mark.parametrize(("position", "signature", "name", "advice"), SIGNATURES)
def test_a_file_of_each_signature_is_named_with_what_to_do(position, signature, name, advice):
    message = unsupported_message(b"\0" * position + signature + b"\0" * 20)
    assert message == f"This is {name}, which cannot be used. {advice}"


def test_web_pages_and_older_mpeg_layers_are_named():
    assert "web page" in unsupported_message(b"  <!DOCTYPE html><html>")
    assert "MP2" in unsupported_message(b"\xff\xfd\x90\x00")


@pytest.mark.parametrize(
    "start", [b"", b"ID3\x04", b"RIFF\0\0\0\0WAVE", b"fLaC", b"OggS", b"\xff\xfb\x90"]
)
def test_what_can_be_used_or_is_unknown_has_no_message(start):
    assert unsupported_message(start) == ""


@pytest.mark.parametrize(
    ("codec", "name"),
    [("ac3", "Dolby Digital (AC-3)"), ("adpcm_ms", "ADPCM"), ("qdm2", "QDM2"), ("", "no format")],
)
def test_a_codec_is_called_by_the_name_that_people_know(codec, name):
    assert name in unsupported_codec_message(codec)
