import os
from pathlib import Path

import pytest

from videos.render.audio.analysis_cache import Memory
from videos.render.errors import AudioError, CoverError, RenderError, Stopped
from videos.render.lyrics import Line, Word
from videos.render.sandbox.messages import (
    Order,
    StillOrder,
    message_line,
    order_line,
    read_message,
    read_order,
    read_still_order,
)
from videos.render.scene import Film, Look, Progress, Scene, VideoFormat

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
        Order(scene, Path("/films/film.mp4"), 2, Memory(Path("/heard"), 1000)),
        Order(scene, Path("/films/film.mp4")),
    ):
        line = order_line(order)
        assert "\n" not in line
        assert line.isascii()
        assert read_order(line) == order
    still = StillOrder(scene, 12.5, 60.0, "ab12", Memory(Path("/heard"), 1000))
    assert read_still_order(order_line(still)) == still


@pytest.mark.parametrize(
    "message",
    [
        Progress("drawing", 0.5, 3.25),
        Progress("reading", 0, None),
        Film(Path("/films/film.mp4"), 1280, 720, 12.5, 1000, Path("/films/film.poster.jpg")),
    ],
)
def test_a_message_arrives_as_it_was_sent(message: Progress | Film) -> None:
    assert read_message(message_line(message).encode()) == message


@pytest.mark.parametrize(
    "error", [AudioError("Too long."), CoverError("Ж"), RenderError("Disk full."), Stopped()]
)
def test_an_error_arrives_as_what_it_is(error: Exception) -> None:
    arrived = read_message(message_line(error).encode())
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)


@pytest.mark.parametrize(
    "line",
    [b"", b"null", b"[1]", b"{}", b"\xff", b'{"progress": 1}', b'{"error": "OSError", "text": ""}'],
)
def test_anything_else_is_an_error(line: bytes) -> None:
    with pytest.raises(RenderError):
        read_message(line)
