"""The lines of JSON that pass between a server and the process that renders for it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from videos.render.errors import AudioError, CoverError, InputError, RenderError, Stopped
from videos.render.lyrics import Line, Word
from videos.render.scene import Film, Look, Progress, Scene, VideoFormat

Message = Progress | Film | Exception

ERRORS: tuple[type[Exception], ...] = (AudioError, CoverError, InputError, RenderError, Stopped)


def order_line(scene: Scene, output: Path, processes: int | None) -> str:
    """Return what a server asks of the process, on one line."""
    order = {"scene": asdict(scene), "output": output, "processes": processes}
    return json.dumps(order, default=str)


def read_order(line: str) -> tuple[Scene, Path, int | None]:
    """Return the scene, the output and the number of processes of an `order_line`."""
    order = json.loads(line)
    fields = order["scene"]
    scene = Scene(
        audio=Path(fields.pop("audio")),
        cover=Path(cover) if (cover := fields.pop("cover")) else None,
        lyrics=tuple(_line(lyric) for lyric in fields.pop("lyrics")),
        format=VideoFormat(fields.pop("format")),
        look=Look(fields.pop("look")),
        **fields,
    )
    return scene, Path(order["output"]), order["processes"]


def message_line(message: Message) -> str:
    """Return what the process has to tell, on one line: progress, the film, or what went wrong."""
    if isinstance(message, Exception):
        return json.dumps({"error": type(message).__name__, "text": str(message)})
    key = "film" if isinstance(message, Film) else "progress"
    return json.dumps({key: asdict(message)}, default=str)


def read_message(line: bytes) -> Message:
    """Return what a `message_line` tells. Raises RenderError if it is not one."""
    try:
        message = json.loads(line)
        if "progress" in message:
            return Progress(**message["progress"])
        if "film" in message:
            film = message["film"]
            return Film(**{**film, "path": Path(film["path"]), "poster": Path(film["poster"])})
        return {error.__name__: error for error in ERRORS}[message["error"]](message["text"])
    except (KeyError, TypeError, ValueError) as error:
        raise RenderError(f"The renderer said something odd: {line[:200]!r}") from error


def _line(fields: Mapping[str, object]) -> Line:
    words = fields.get("words")
    assert isinstance(words, list)
    return Line(**{**fields, "words": tuple(Word(**word) for word in words)})  # type: ignore[arg-type]
