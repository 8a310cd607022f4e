"""Decodes the sound of a song as the film plays it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from videos.render.audio.info import MAX_MISSING_SECONDS, MAX_SECONDS, UNREADABLE, AudioInfo
from videos.render.audio.mono_mix import mix_to_mono
from videos.render.audio.opening import (
    MAX_SAMPLE_RATE,
    MIN_SAMPLE_RATE,
    find_source,
    open_audio,
    open_parts,
    sound_stream,
)
from videos.render.audio.properties import (
    declared_seconds,
    describe_audio,
    estimate_duration,
    read_tags,
)
from videos.render.audio.timeline import Gaps, Timeline
from videos.render.errors import AudioError
from videos.render.errors import gettext_noop as _

__all__ = [
    "MAX_MISSING_SECONDS",
    "MAX_SECONDS",
    "UNREADABLE",
    "AudioError",
    "AudioInfo",
    "decode_audio",
    "describe_audio",
    "estimate_duration",
    "mix_to_mono",
    "open_audio",
    "output_format",
    "read_tags",
    "sound_stream",
]

OUTPUT_RATES = {44100, 48000}  # hertz; songs of any other rate are resampled to the default
DEFAULT_RATE = 48000
# Below any sensible encoding: a header that declares more seconds than this allows may lie.
MIN_BYTES_PER_SECOND = 500
# Samples of a frame of ``decode_audio``, a third of a second: few enough to hold, and so many that
# what is done for each frame costs nothing.
FRAME_SAMPLES = 1 << 14
# Floats beyond this, 24 dB above full scale, are no sound, nor are those that are not numbers: one
# of them would drown a song or end an encoder.
MAX_PLAUSIBLE_SAMPLE = 16.0
MAX_READ_ERRORS = 100  # of one file, after which the rest of it is left out


def decode_audio(
    path: Path, max_seconds: float = MAX_SECONDS, gaps: Gaps | None = None
) -> Iterator[AudioFrame]:
    """Yield the sound as the film plays it: planar floats in the ``output_format``.

    All frames but the last have ``FRAME_SAMPLES`` samples. Where damage or the file leaves gaps,
    there is silence, which is counted in ``gaps``; samples that cannot be sound become silent.
    Raises AudioError if nothing can be read, or as soon as there are ``max_seconds`` or more.
    """
    with open_audio(path) as container:
        rate, layout = output_format(sound_stream(container))
    _check_declared_length(path, max_seconds)
    samples = 0
    for frame in _resample(_decode_parts(path, gaps or Gaps()), layout, rate):
        samples += frame.samples
        if samples >= max_seconds * rate:
            raise AudioError(_too_long_message(max_seconds))
        _silence_implausible_samples(frame)
        yield frame
    if not samples:
        raise AudioError(UNREADABLE)


def output_format(stream: AudioStream) -> tuple[int, str]:
    """Return the sample rate in hertz and the channel layout in which a film plays ``stream``."""
    rate = stream.sample_rate if stream.sample_rate in OUTPUT_RATES else DEFAULT_RATE
    return rate, "mono" if stream.channels == 1 else "stereo"


def _check_declared_length(path: Path, max_seconds: float) -> None:
    """Raise AudioError, before any decoding, for a file whose header declares that it is too long
    and whose size makes that believable.
    """
    declared = declared_seconds(path, find_source(path)) or 0.0
    if declared >= max_seconds and path.stat().st_size >= declared * MIN_BYTES_PER_SECOND:
        raise AudioError(_too_long_message(max_seconds))


def _too_long_message(max_seconds: float) -> str:
    minutes = f"{max_seconds / 60:.0f}"
    return _("The song is too long: %(minutes)s minutes are the limit.") % {"minutes": minutes}


def _decode_parts(path: Path, gaps: Gaps) -> Iterator[AudioFrame]:
    """Yield every frame of all parts of a file."""
    for container in open_parts(path):
        stream = sound_stream(container)
        timeline = Timeline(stream, container.format.name, gaps)
        yield from _decode_frames(container, stream, timeline)


def _decode_frames(
    container: InputContainer, stream: AudioStream, timeline: Timeline
) -> Iterator[AudioFrame]:
    """Yield every frame that can be decoded, with silence for gaps, up to the end of the file."""
    for packet in _demux(container, stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            timeline.lose(packet)
            continue
        for frame in frames:
            yield from timeline.place(frame)


def _demux(container: InputContainer, stream: AudioStream) -> Iterator["Packet[AudioStream]"]:
    """Yield the packets of ``stream``, also those behind damage that breaks off the reading."""
    for _attempt in range(MAX_READ_ERRORS):
        try:
            yield from container.demux(stream)
        except (av.FFmpegError, OSError):
            continue
        return


def _silence_implausible_samples(frame: AudioFrame) -> None:
    """Replace the samples of a frame that cannot be sound by silence."""
    for plane in frame.planes:
        samples = np.frombuffer(memoryview(plane), np.float32, frame.samples)
        if not np.abs(samples).max(initial=0) <= MAX_PLAUSIBLE_SAMPLE:  # true for NaN as well
            samples[~(np.abs(samples) <= MAX_PLAUSIBLE_SAMPLE)] = 0


def _resample(frames: Iterable[AudioFrame], layout: str, rate: int) -> Iterator[AudioFrame]:
    """Yield ``frames`` in one layout, rate and size, even if theirs change half way."""
    resampler: AudioResampler | None = None
    previous_format = None
    for frame in frames:
        if not MIN_SAMPLE_RATE <= frame.sample_rate <= MAX_SAMPLE_RATE:
            raise AudioError(UNREADABLE)
        frame_format = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or frame_format != previous_format:
            if resampler is not None:
                yield from resampler.resample(None)
            resampler = AudioResampler("fltp", layout, rate, FRAME_SAMPLES)
            previous_format = frame_format
        frame.pts = None  # the samples follow each other: the timeline has put them in their places
        try:
            yield from resampler.resample(frame)
        except av.FFmpegError as error:  # a format that nothing can play, such as a rate of 4 GHz
            raise AudioError(UNREADABLE) from error
    if resampler is not None:
        yield from resampler.resample(None)
