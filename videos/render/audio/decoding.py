"""The sound of a song: opening it safely, hearing it as the film plays it, measuring it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from videos.render.audio.demuxers import demuxer_for, tells_its_length
from videos.render.errors import AudioError

__all__ = [
    "LONGEST",
    "AudioError",
    "AudioInfo",
    "described",
    "heard_as",
    "lasting",
    "mono",
    "open_audio",
    "sound",
    "tags",
]

LONGEST = 2 * 60 * 60.0
"""Seconds at and above which no song is read, whatever the caller allows."""

CODECS = {"aac", "alac", "flac", "mp3", "mp3float", "opus", "vorbis"}
KEPT_RATES = {44100, 48000}
USUAL_RATE = 48000
LEAST_BYTES_A_SECOND = 500
"""Below any sensible encoding: a header that promises more seconds than this allows may lie."""

PIECE = 1 << 14
"""Samples of a frame of `sound`, a third of a second: few enough to hold, and so many that what is
done for each of them costs nothing.
"""

BELIEVABLE = 16.0
"""Floats beyond this, 24 dB above full scale, are no sound, and no more are those that are no
numbers: one of them would drown a song or end an encoder.
"""

MOST_MISSING = 2.0
"""Seconds of what a whole file promises that decoders may leave out."""

LOUDEST = 4.0
"""Where a sample is clipped for the eye: 12 dB above full scale, which floats can be."""

UNREADABLE = "No sound can be read from this file: it is damaged or not audio at all."
UNKNOWN = "This is not an mp3, wav, flac, m4a or ogg file."


@dataclass(frozen=True)
class AudioInfo:
    """What a sound file holds: seconds that can be decoded, channels, samples a second, FFmpeg's
    names of codec and container, the integrated loudness in LUFS (None for silence), the title
    that its tags give ("" for none), its digest where what was heard in it is kept, and the seconds
    that it promises (None if it does not say).
    """

    duration: float
    channels: int
    sample_rate: int
    codec: str
    container: str
    loudness: float | None
    title: str = ""
    digest: str = ""
    promised: float | None = None

    @property
    def is_cut_short(self) -> bool:
        """Whether the file ends before it should, as if its copying had broken off."""
        return self.promised is not None and self.promised - self.duration > MOST_MISSING


def open_audio(path: Path) -> InputContainer:
    """Open `path` with the one demuxer that its first bytes call for, and no other file.

    Raises AudioError for anything but mp3, wav, flac, m4a and ogg with one of their codecs.
    """
    path = path.absolute()  # so that no part of a name can be taken for a protocol
    try:
        demuxer = demuxer_for(path)
        if demuxer is None:
            raise AudioError(UNKNOWN)
        options = {"protocol_whitelist": "file"}
        container = av.open(
            str(path), "r", format=demuxer, container_options=options, metadata_errors="replace"
        )
    except (av.FFmpegError, OSError) as error:
        raise AudioError(UNREADABLE) from error
    streams = container.streams.audio
    if not streams or not _is_usual(streams[0]):
        container.close()
        raise AudioError(UNKNOWN if streams else UNREADABLE)
    return container


def lasting(path: Path) -> float:
    """Return about how many seconds a song lasts, by its packets, of which none is decoded.

    Raises AudioError if it cannot be read.
    """
    with open_audio(path) as container:
        stream = container.streams.audio[0]
        try:
            length = sum(packet.duration or 0 for packet in container.demux(stream))
        except (av.FFmpegError, OSError) as error:
            raise AudioError(UNREADABLE) from error
        return float(length * (stream.time_base or 0))


def described(path: Path, duration: float, loudness: float | None) -> AudioInfo:
    """Tell what is in `path`, of which this was heard. Raises AudioError if it cannot be read."""
    with open_audio(path) as container:
        stream = container.streams.audio[0]
        channels, rate = stream.channels, stream.sample_rate
        codec, demuxer = stream.codec_context.name, container.format.name
        announced = (container.duration or 0) / av.time_base
    promised = announced if announced and tells_its_length(path, demuxer) else None
    title = next((text for tag, text in tags(path).items() if tag.lower() == "title"), "")
    return AudioInfo(duration, channels, rate, codec, demuxer, loudness, title, promised=promised)


def tags(path: Path) -> dict[str, str]:
    """Return the tags of a song under FFmpeg's names, such as "title" and "artist"."""
    with open_audio(path) as container:
        return {**container.streams.audio[0].metadata, **container.metadata}


def sound(path: Path, longest: float = LONGEST) -> Iterator[AudioFrame]:
    """Yield the sound as the film plays it: planar floats, `heard_as` the film has it, in frames
    of `PIECE` samples but for the last.

    What is damaged is left out, and what cannot be sound is silent. Raises AudioError if nothing
    can be read, or as soon as there are `longest` seconds or more.
    """
    with open_audio(path) as container:
        stream = container.streams.audio[0]
        rate, layout = heard_as(stream)
        _refuse_if_announced(container, path, longest)
        samples = 0
        for frame in _alike(_decoded(container, stream), layout, rate):
            samples += frame.samples
            if samples >= longest * rate:
                raise AudioError(_too_long(longest))
            _silence_nonsense(frame)
            yield frame
    if not samples:
        raise AudioError(UNREADABLE)


def mono(frame: AudioFrame) -> NDArray[np.float32]:
    """Return the mean of the channels of a frame of `sound`: (samples,)."""
    heard: NDArray[np.float32] = frame.to_ndarray().mean(axis=0, dtype=np.float32)
    return heard.clip(-LOUDEST, LOUDEST, out=heard)


def heard_as(stream: AudioStream) -> tuple[int, str]:
    """Return the samples a second and the layout in which a film plays `stream`."""
    rate = stream.sample_rate if stream.sample_rate in KEPT_RATES else USUAL_RATE
    return rate, "mono" if stream.channels == 1 else "stereo"


def _is_usual(stream: AudioStream) -> bool:
    codec = stream.codec_context.name
    return stream.sample_rate > 0 and (codec in CODECS or codec.startswith("pcm_"))


def _refuse_if_announced(container: InputContainer, path: Path, longest: float) -> None:
    """Spare the decoding of what its header says is too long, and its size makes believable."""
    announced = (container.duration or 0) / av.time_base
    if announced >= longest and path.stat().st_size >= announced * LEAST_BYTES_A_SECOND:
        raise AudioError(_too_long(longest))


def _too_long(longest: float) -> str:
    return f"The song is too long: {longest / 60:.0f} minutes are the limit."


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Yield every frame that can be decoded, stepping over damage up to the end of the file."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except (av.FFmpegError, OSError):
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except av.FFmpegError:
            continue


def _silence_nonsense(frame: AudioFrame) -> None:
    """Put silence where the samples of a frame cannot be sound."""
    for plane in frame.planes:
        samples = np.frombuffer(memoryview(plane), np.float32, frame.samples)
        if not np.abs(samples).max(initial=0) <= BELIEVABLE:  # nor is this so of what is no number
            samples[~(np.abs(samples) <= BELIEVABLE)] = 0


def _alike(frames: Iterable[AudioFrame], layout: str, rate: int) -> Iterator[AudioFrame]:
    """Yield `frames` with the same layout, rate and size, even if theirs change half way."""
    resampler: AudioResampler | None = None
    before = None
    for frame in frames:
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or kind != before:
            if resampler is not None:
                yield from resampler.resample(None)
            resampler, before = AudioResampler("fltp", layout, rate, PIECE), kind
        frame.pts = None  # the samples follow each other, whatever the file says of their times
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)
