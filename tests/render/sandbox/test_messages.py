import os
from pathlib import Path

import pytest

from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.errors import AudioError, CoverError, RenderError, Stopped
from videos.render.lyrics import Line, Word
from videos.render.options import Look, VideoFormat
from videos.render.sandbox.messages import (
    RenderRequest,
    StillRequest,
    decode_message,
    decode_render_request,
    decode_still_request,
    encode_message,
    encode_request,
)
from videos.render.scene import Film, Progress, Scene

SCENES = [
    Scene(Path("song.mp3")),
    Scene(
        audio=Path(os.fsdecode(b"/songs/\xff.mp3")),
        cover=Path("/covers/обложка.png"),
        lyrics=(
            Line(0.5, 1.5, "Hello 🌍\nworld", (Word(0.5, 0.9, "Hello"),), "Chorus"),
            Line(2, 3, "Да"),
        ),
        title='夜 "quoted" \\',
        author="\udcff",
        domain_name="example.com",
        format=VideoFormat.SQUARE,
        look=Look.WAVE,
        resolution=1080,
        fps=60,
    ),
]


@pytest.mark.parametrize("scene", SCENES)
def test_an_order_arrives_as_it_was_given(scene: Scene) -> None:
    for order in (
        RenderRequest(scene, Path("/films/film.mp4"), 2, AnalysisCache(Path("/heard"), 1000)),
        RenderRequest(scene, Path("/films/film.mp4")),
    ):
        line = encode_request(order)
        assert "\n" not in line
        assert line.isascii()
        assert decode_render_request(line) == order
    still = StillRequest(scene, 12.5, 60.0, "ab12", AnalysisCache(Path("/heard"), 1000))
    assert decode_still_request(encode_request(still)) == still


@pytest.mark.parametrize(
    "message",
    [
        Progress("drawing", 0.5, 3.25),
        Progress("reading", 0, None),
        Film(Path("/films/film.mp4"), 1280, 720, 12.5, 1000, Path("/films/film.poster.jpg")),
    ],
)
def test_a_message_arrives_as_it_was_sent(message: Progress | Film) -> None:
    assert decode_message(encode_message(message).encode()) == message


@pytest.mark.parametrize(
    "error", [AudioError("Too long."), CoverError("Ж"), RenderError("Disk full."), Stopped()]
)
def test_an_error_arrives_as_what_it_is(error: Exception) -> None:
    arrived = decode_message(encode_message(error).encode())
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)


@pytest.mark.parametrize(
    "line",
    [b"", b"null", b"[1]", b"{}", b"\xff", b'{"progress": 1}', b'{"error": "OSError", "text": ""}'],
)
def test_anything_else_is_an_error(line: bytes) -> None:
    with pytest.raises(RenderError):
        decode_message(line)
