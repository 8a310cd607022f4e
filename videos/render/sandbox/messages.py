"""The lines of JSON that pass between a server and the process that renders for it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from videos.render.audio.analysis_cache import Memory
from videos.render.errors import AudioError, CoverError, InputError, RenderError, Stopped
from videos.render.lyrics import Line, Word
from videos.render.scene import Film, Look, Progress, Scene, VideoFormat

Message = Progress | Film | Exception

ERRORS: tuple[type[Exception], ...] = (AudioError, CoverError, InputError, RenderError, Stopped)


class Order(NamedTuple):
    """What a server asks of the process: a film at `output`."""

    scene: Scene
    output: Path
    processes: int | None = None
    memory: Memory | None = None


class StillOrder(NamedTuple):
    """What a server asks of the process: the frame at `at` seconds of a song with that digest,
    which lasts for `duration` seconds.
    """

    scene: Scene
    at: float
    duration: float
    digest: str
    memory: Memory


def order_line(order: Order | StillOrder) -> str:
    """Return an order on one line."""
    memory = order.memory and asdict(order.memory)
    fields = {**order._asdict(), "scene": asdict(order.scene), "memory": memory}
    return json.dumps(fields, default=str)


def read_order(line: str) -> Order:
    """Return the order of an `order_line`."""
    order = json.loads(line)
    output = Path(order["output"])
    return Order(_scene(order["scene"]), output, order["processes"], _memory(order["memory"]))


def read_still_order(line: str) -> StillOrder:
    """Return the order of an `order_line`."""
    order = json.loads(line)
    memory = _memory(order["memory"])
    assert memory
    at, duration, digest = order["at"], order["duration"], order["digest"]
    return StillOrder(_scene(order["scene"]), at, duration, digest, memory)


def _memory(fields: Mapping[str, Any] | None) -> Memory | None:
    return Memory(Path(fields["folder"]), fields["most"]) if fields else None


def _scene(fields: dict[str, Any]) -> Scene:
    return Scene(
        audio=Path(fields.pop("audio")),
        cover=Path(cover) if (cover := fields.pop("cover")) else None,
        lyrics=tuple(_line(lyric) for lyric in fields.pop("lyrics")),
        format=VideoFormat(fields.pop("format")),
        look=Look(fields.pop("look")),
        **fields,
    )


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
