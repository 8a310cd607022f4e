"""The lines of JSON between a server and the child process that renders for it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from videos.render.audio.analysis_cache import AnalysisCache
from videos.render.clips import Clip, ClipError
from videos.render.errors import (
    AudioError,
    BackdropError,
    CoverError,
    InputError,
    LogoError,
    RenderError,
    Stopped,
    StorageError,
)
from videos.render.lyrics import Line, Word
from videos.render.options import StyleOptions
from videos.render.scene import Film, Progress, Scene

Message = Progress | Film | Exception

ERRORS: tuple[type[Exception], ...] = (
    *(AudioError, BackdropError, ClipError, CoverError, InputError, LogoError),
    *(RenderError, StorageError, Stopped),
)


class RenderRequest(NamedTuple):
    """Asks the child process for a film at ``output``."""

    scene: Scene
    output: Path
    processes: int | None = None
    cache: AnalysisCache | None = None


class StillRequest(NamedTuple):
    """Asks the child process for one frame: the one at ``at`` seconds of the film.

    The song lasts ``duration`` seconds; its analysis is cached under ``digest``. If it
    ``is_thumbnail``, the picture is the film's thumbnail instead.
    """

    scene: Scene
    at: float
    duration: float
    digest: str
    cache: AnalysisCache
    is_thumbnail: bool = False


class ExcerptRequest(NamedTuple):
    """Asks the child process for the hook of a film, at most ``seconds`` of it."""

    scene: Scene
    seconds: float
    cache: AnalysisCache


def encode_request(request: RenderRequest | StillRequest | ExcerptRequest) -> str:
    """Return a request as one line."""
    cache = request.cache and asdict(request.cache)
    fields = {**request._asdict(), "scene": asdict(request.scene), "cache": cache}
    return json.dumps(fields, default=str)


def decode_render_request(line: str) -> RenderRequest:
    """Return the request of an ``encode_request`` line."""
    fields = json.loads(line)
    return RenderRequest(
        _scene(fields["scene"]),
        Path(fields["output"]),
        fields["processes"],
        fields["cache"] and _cache(fields["cache"]),
    )


def decode_still_request(line: str) -> StillRequest:
    """Return the request of an ``encode_request`` line."""
    fields = json.loads(line)
    times = fields["at"], fields["duration"]
    cache, is_thumbnail = _cache(fields["cache"]), fields["is_thumbnail"]
    return StillRequest(_scene(fields["scene"]), *times, fields["digest"], cache, is_thumbnail)


def decode_excerpt_request(line: str) -> ExcerptRequest:
    """Return the request of an ``encode_request`` line."""
    fields = json.loads(line)
    return ExcerptRequest(_scene(fields["scene"]), fields["seconds"], _cache(fields["cache"]))


def encode_message(message: Message) -> str:
    """Return what the child process reports as one line: progress, the film, or an error."""
    if isinstance(message, Exception):
        return json.dumps({"error": type(message).__name__, "text": str(message)})
    key = "film" if isinstance(message, Film) else "progress"
    return json.dumps({key: asdict(message)}, default=str)


def decode_message(line: bytes) -> Message:
    """Return the message of an ``encode_message`` line. Raises RenderError if it is none."""
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


def _cache(fields: Mapping[str, Any]) -> AnalysisCache:
    return AnalysisCache(**{**fields, "folder": Path(fields["folder"])})


def _scene(fields: dict[str, Any]) -> Scene:
    return Scene(
        audio=Path(fields.pop("audio")),
        cover=Path(cover) if (cover := fields.pop("cover")) else None,
        backdrop=tuple(map(Path, fields.pop("backdrop"))),
        logo=Path(logo) if (logo := fields.pop("logo")) else None,
        lyrics=tuple(_line(lyric) for lyric in fields.pop("lyrics")),
        clip=Clip(**clip) if (clip := fields.pop("clip")) else None,
        **{**fields, **vars(StyleOptions.parse(fields))},
    )


def _line(fields: Mapping[str, object]) -> Line:
    words = fields.get("words")
    assert isinstance(words, list)
    return Line(**{**fields, "words": tuple(Word(**word) for word in words)})  # type: ignore[arg-type]
