"""Makes of a stranger's video one that can be played again and again: ``convert_loop``."""

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from videos.render.backdrops.flash_meter import MAX_AREA, FlashMeter
from videos.render.backdrops.loop_film import KEY_INTERVAL, RATE
from videos.render.backdrops.loop_source import (
    DAMAGED,
    FLASHING,
    MAX_RATE,
    MAX_SECONDS,
    SLACK,
    TOO_FAST,
    TOO_SHORT,
    check_frame,
    check_seconds,
    open_loop_source,
)
from videos.render.errors import BackdropError
from videos.render.paint.canvas import Canvas, read_planes
from videos.render.paint.yuv import FFMPEG_BT709, FFMPEG_LIMITED_RANGE, OPAQUE, Yuv, mix_pictures

MAX_LONG, MAX_SHORT = 1920, 1080  # pixels of the sides of what is made
MIN_FRAMES = 15
MAX_FRAMES = round(MAX_SECONDS * RATE)
MAX_SOURCE_FRAMES = round((MAX_SECONDS + SLACK) * MAX_RATE * 1.02)
X264_OPTIONS = {
    "preset": "ultrafast",
    "crf": "17",
    "g": str(KEY_INTERVAL),
    "bf": "0",
    "x264-params": "scenecut=0",
}

# Frames at the end that dissolve into the first ones where the two do not meet by themselves: that
# is, where they differ more than neighbours do, so many times, or more than that at all.
SEAM = 12
MAX_SEAM_STEP, MIN_SEAM_DIFFERENCE = 2.5, 2.0
STILL = 0.1  # neighbours that differ less are one picture, seen twice
METER_STEP = 12  # of the rows and columns whose flashes are counted: an even number
SAMPLE_STEP = 6  # pixels between those that are compared
UNSPECIFIED = 2  # of FFmpeg's colour spaces
HD_HEIGHT = 720  # from which on a video without a colour space has that of HD


def convert_loop(source: Path, target: Path) -> None:
    """Make of a video at ``source`` an MP4 at ``target`` that goes on from its end at its start.

    It has 30 frames a second, whatever the rate of the source is, stands upright, is at most 1920 ×
    1080 pixels large, in the colours of HDTV, and has no sound. Where its end and its start do not
    meet, they are dissolved. Raises BackdropError with a sentence for what cannot be used.
    """
    container, stream = open_loop_source(source)
    with container:
        try:
            pictures = _close_seam(_resample(_read(container, stream)))
            _write(_refuse_flashes(pictures), target)
        except av.FFmpegError as error:
            raise BackdropError(DAMAGED) from error


def _read(container: InputContainer, stream: VideoStream) -> Iterator[tuple[float, float, Yuv]]:
    """Yield the time and the duration of each frame, in seconds, and its upright picture."""
    stream.codec_context.thread_count = 1  # a process with threads cannot be forked safely
    usual = 1 / float(stream.average_rate or RATE)
    scaler, first = VideoReformatter(), None
    for number, frame in enumerate(container.decode(stream)):
        if number >= MAX_SOURCE_FRAMES:
            raise BackdropError(TOO_FAST % {"rate": round(number / MAX_SECONDS), "max": MAX_RATE})
        time = frame.time if frame.time is not None else number * usual
        first = time if first is None else first
        check_frame(frame.width, frame.height, int(frame.color_trc))
        check_seconds(max(1.0, time - first))
        base = frame.time_base
        duration = float(frame.duration * base) if frame.duration and base else usual
        yield time - first, duration, _make_upright(frame, stream, scaler)


def _make_upright(frame: VideoFrame, stream: VideoStream, scaler: VideoReformatter) -> Yuv:
    """Return the picture of a frame in square pixels, scaled down to the size that is made."""
    quarters = round(frame.rotation / 90) % 4
    aspect = stream.sample_aspect_ratio or Fraction(1)
    width, height = frame.width * float(aspect), float(frame.height)
    scale = min(1.0, MAX_LONG / max(width, height), MAX_SHORT / min(width, height))
    is_known = int(frame.colorspace) != UNSPECIFIED
    is_hd = min(frame.width, frame.height) >= HD_HEIGHT
    unmarked = Colorspace.ITU709 if is_hd else Colorspace.ITU601
    scaled = scaler.reformat(
        frame,
        max(2, round(width * scale / 2) * 2),
        max(2, round(height * scale / 2) * 2),
        "yuv420p",
        src_colorspace=None if is_known else unmarked,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation=Interpolation.BICUBIC,
        threads=1,
    )
    return Yuv(*(np.rot90(plane, quarters).copy() for plane in read_planes(scaled)))


def _resample(frames: Iterator[tuple[float, float, Yuv]]) -> Iterator[Yuv]:
    """Yield the picture that is seen at each thirtieth of a second."""
    made, end, seen = 0, 0.0, None
    for time, duration, picture in frames:
        place = min(MAX_FRAMES, round(time * RATE))
        while seen is not None and made < place:
            yield seen
            made += 1
        seen, end = picture, time + duration
    while seen is not None and made < min(MAX_FRAMES, round(end * RATE)):
        yield seen
        made += 1
    if made < MIN_FRAMES:
        raise BackdropError(TOO_SHORT if made else DAMAGED)


def _close_seam(pictures: Iterator[Yuv]) -> Iterator[Yuv]:
    """Yield the pictures of a loop; it begins after the first ones, which come last.

    If the end does not meet the start, the last ones are dissolved into the first ones.
    """
    head: list[Yuv] = []
    tail: deque[Yuv] = deque()
    steps: list[float] = []
    before: Yuv | None = None
    for picture in pictures:
        if before is not None:
            steps.append(_differ(before, picture))
        before = picture
        if len(head) < SEAM:
            head.append(picture)
            continue
        tail.append(picture)
        if len(tail) > SEAM:
            yield tail.popleft()
    moved = [step for step in steps if step > STILL] or [0.0]
    if _differ(tail[-1], head[0]) <= max(
        MIN_SEAM_DIFFERENCE, MAX_SEAM_STEP * float(np.median(moved))
    ):
        yield from (*tail, *head)
        return
    if len(tail) < SEAM:  # a short one, of which nothing was yielded yet
        whole = [*head, *tail]
        seam = len(whole) // 4
        yield from whole[seam:-seam]
        head, tail = whole[:seam], deque(whole[-seam:])
    for number, (old, new) in enumerate(zip(tail, head, strict=True), 1):
        yield mix_pictures(old, new, OPAQUE * number // (len(head) + 1))


def _refuse_flashes(pictures: Iterator[Yuv]) -> Iterator[Yuv]:
    """Yield the pictures. Raises BackdropError if they flash too often, also around the seam."""
    meter = FlashMeter(RATE, step=1)
    first: list[Yuv] = []
    for picture in pictures:
        sample = Yuv(
            picture.y[::METER_STEP, ::METER_STEP].copy(),
            *(plane[:: METER_STEP // 2, :: METER_STEP // 2].copy() for plane in picture[1:]),
        )
        meter.add_frame(sample)
        if len(first) < RATE:
            first.append(sample)
        yield picture
    for number in range(RATE):
        meter.add_frame(first[number % len(first)])
    if max(meter.area, meter.red_area) > MAX_AREA:
        raise BackdropError(FLASHING)


def _differ(one: Yuv, other: Yuv) -> float:
    """Return how far the brightness of two pictures differs, on average, 0 to 255."""
    rows, others = (
        plane.y[::SAMPLE_STEP, ::SAMPLE_STEP].astype(np.int16) for plane in (one, other)
    )
    return float(np.abs(rows - others).mean())


def _write(pictures: Iterator[Yuv], target: Path) -> None:
    first = next(pictures)
    canvas = Canvas(first.y.shape[1], first.y.shape[0])
    with av.open(str(target.absolute()), "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=RATE, options=dict(X264_OPTIONS))
        context = stream.codec_context
        context.width, context.height = canvas.frame.width, canvas.frame.height
        context.pix_fmt, context.thread_count = "yuv420p", 1
        context.color_primaries = context.color_trc = context.colorspace = FFMPEG_BT709
        context.color_range = FFMPEG_LIMITED_RANGE
        for number, picture in enumerate(chain([first], pictures)):
            canvas.paste(0, 0, picture)
            canvas.pop_dirty_rects()
            canvas.frame.pts, canvas.frame.time_base = number, Fraction(1, RATE)
            film.mux(stream.encode(canvas.frame))
        film.mux(stream.encode(None))
