"""Makes a teaser of a film: four silent seconds in a file so small that every chat plays it."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, takewhile
from math import ceil
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from videos.render.errors import InputError, RenderError, StorageError, is_disk_full
from videos.render.files import write_atomically
from videos.render.sandbox.examine import MAX_PIXELS, OPTIONS, UNREADABLE

TEASER_SECONDS = 4.0
TEASER_FROM = 0.35  # where it begins, as a share of the film: the song is in full swing there
MAX_SIDE = 640  # pixels of the longer side
MAX_FPS = 30
ENCODER_OPTIONS = {"preset": "veryfast", "crf": "27", "profile": "high"}


def write_teaser(film: Path, output: Path) -> None:
    """Write the teaser of ``film``, an MP4, to ``output``, an MP4.

    Raises InputError if the film cannot be read, StorageError if a disk is full, RenderError if
    anything else fails.
    """
    try:
        source = av.open(
            str(film.absolute()), format="mp4", options=OPTIONS, container_options=OPTIONS
        )
    except (av.FFmpegError, OSError) as error:
        raise InputError(UNREADABLE) from error
    try:
        with source, write_atomically(output) as (part,):
            _encode(_choose_frames(source, _open_stream(source)), part)
    except (av.FFmpegError, OSError) as error:
        kind = StorageError if is_disk_full(error) else RenderError
        raise kind(f"The teaser could not be made: {error}") from error


def _open_stream(source: InputContainer) -> VideoStream:
    """Return the pictures of a film. Raises InputError if there are none that can be used."""
    stream = next(iter(source.streams.video), None)
    if stream is None or not 0 < stream.width * stream.height <= MAX_PIXELS:
        raise InputError(UNREADABLE)
    stream.codec_context.thread_count = 1
    return stream


def _choose_frames(source: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Yield the frames of the teaser, in its size and numbered anew, ``MAX_FPS`` at most."""
    duration = (source.duration or 0) / av.time_base
    start = min(duration * TEASER_FROM, max(0.0, duration - TEASER_SECONDS))
    source.seek(int(start * av.time_base))
    scale = min(1.0, MAX_SIDE / max(stream.width, stream.height))
    width, height = (max(2, round(side * scale / 2) * 2) for side in (stream.width, stream.height))
    rate = Fraction(stream.average_rate or MAX_FPS)
    step = ceil(rate / MAX_FPS)
    frames = (frame for frame in source.decode(stream) if (frame.time or 0.0) >= start - 1e-6)
    within = takewhile(lambda frame: (frame.time or 0.0) < start + TEASER_SECONDS - 1e-6, frames)
    for number, frame in enumerate(within):
        if number % step == 0:
            small = frame.reformat(width, height, "yuv420p")
            small.pts, small.time_base = number // step, step / rate
            yield small


def _encode(frames: Iterator[VideoFrame], path: Path) -> None:
    """Write ``frames`` to an MP4. Raises InputError if there are none."""
    first = next(frames, None)
    if first is None or first.time_base is None:
        raise InputError(UNREADABLE)
    options = {"movflags": "+faststart"}
    with av.open(str(path.absolute()), "w", format="mp4", container_options=options) as container:
        stream = container.add_stream("libx264", rate=1 / first.time_base, options=ENCODER_OPTIONS)
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, "yuv420p"
        stream.codec_context.thread_count = 1
        for frame in chain([first], frames):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
