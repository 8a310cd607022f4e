"""Opens and decodes the sound of a song safely, as the film plays it."""

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

from videos.render.audio.demuxers import detect_demuxer, has_declared_length
from videos.render.errors import AudioError

__all__ = [
    "MAX_SECONDS",
    "AudioError",
    "AudioInfo",
    "decode_audio",
    "describe_audio",
    "estimate_duration",
    "mix_to_mono",
    "open_audio",
    "output_format",
    "read_tags",
]

MAX_SECONDS = 2 * 60 * 60.0  # no song of this length or more is read, whatever the caller allows
CODECS = {"aac", "alac", "flac", "mp3", "mp3float", "opus", "vorbis"}
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
MAX_MISSING_SECONDS = 2.0  # of the declared length of a complete file that decoders may leave out
MONO_LIMIT = 4.0  # samples are clipped here for the pictures: 12 dB above full scale

UNREADABLE = "No sound can be read from this file: it is damaged or not audio at all."
UNSUPPORTED = "This is not an mp3, wav, flac, m4a or ogg file."


@dataclass(frozen=True)
class AudioInfo:
    """What a sound file holds.

    ``duration`` is the seconds that can be decoded, ``declared_duration`` those that the file
    declares (None if it does not), ``sample_rate`` is in hertz, ``codec`` and ``container`` are
    FFmpeg's names, ``loudness`` is integrated, in LUFS (None for silence), ``title`` comes from the
    tags ("" for none), ``digest`` is that of the cached analysis ("" for none).
    """

    duration: float
    channels: int
    sample_rate: int
    codec: str
    container: str
    loudness: float | None
    title: str = ""
    digest: str = ""
    declared_duration: float | None = None

    @property
    def is_truncated(self) -> bool:
        """Whether the file ends before it should, as if its copying had broken off."""
        declared = self.declared_duration
        return declared is not None and declared - self.duration > MAX_MISSING_SECONDS


def open_audio(path: Path) -> InputContainer:
    """Open ``path`` with the one demuxer that its first bytes ask for, and no other file.

    Raises AudioError for anything but mp3, wav, flac, m4a and ogg with one of their codecs.
    """
    path = path.absolute()  # so that no part of a name can be taken for a protocol
    try:
        demuxer = detect_demuxer(path)
        if demuxer is None:
            raise AudioError(UNSUPPORTED)
        options = {"protocol_whitelist": "file"}
        container = av.open(
            str(path), "r", format=demuxer, container_options=options, metadata_errors="replace"
        )
    except (av.FFmpegError, OSError) as error:
        raise AudioError(UNREADABLE) from error
    streams = container.streams.audio
    if not streams or not _is_supported(streams[0]):
        container.close()
        raise AudioError(UNSUPPORTED if streams else UNREADABLE)
    return container


def estimate_duration(path: Path) -> float:
    """Return about how many seconds a song lasts, from its packets, without decoding any.

    Raises AudioError if it cannot be read.
    """
    with open_audio(path) as container:
        stream = container.streams.audio[0]
        try:
            length = sum(packet.duration or 0 for packet in container.demux(stream))
        except (av.FFmpegError, OSError) as error:
            raise AudioError(UNREADABLE) from error
        return float(length * (stream.time_base or 0))


def describe_audio(path: Path, duration: float, loudness: float | None) -> AudioInfo:
    """Return what is in ``path``, given its measured duration (seconds) and loudness (LUFS).

    Raises AudioError if it cannot be read.
    """
    with open_audio(path) as container:
        stream = container.streams.audio[0]
        channels, rate = stream.channels, stream.sample_rate
        codec, demuxer = stream.codec_context.name, container.format.name
        seconds = (container.duration or 0) / av.time_base
    declared = seconds if seconds and has_declared_length(path, demuxer) else None
    title = next((text for tag, text in read_tags(path).items() if tag.lower() == "title"), "")
    return AudioInfo(
        duration, channels, rate, codec, demuxer, loudness, title, declared_duration=declared
    )


def read_tags(path: Path) -> dict[str, str]:
    """Return the tags of a song under FFmpeg's names, such as "title" and "artist"."""
    with open_audio(path) as container:
        return {**container.streams.audio[0].metadata, **container.metadata}


def decode_audio(path: Path, max_seconds: float = MAX_SECONDS) -> Iterator[AudioFrame]:
    """Yield the sound as the film plays it: planar floats in the ``output_format``.

    All frames but the last have ``FRAME_SAMPLES`` samples. Damaged parts are left out, and samples
    that cannot be sound become silent. Raises AudioError if nothing can be read, or as soon as
    there are ``max_seconds`` or more.
    """
    with open_audio(path) as container:
        stream = container.streams.audio[0]
        rate, layout = output_format(stream)
        _check_declared_length(container, path, max_seconds)
        samples = 0
        for frame in _resample(_decode_frames(container, stream), layout, rate):
            samples += frame.samples
            if samples >= max_seconds * rate:
                raise AudioError(_too_long_message(max_seconds))
            _silence_implausible_samples(frame)
            yield frame
    if not samples:
        raise AudioError(UNREADABLE)


def mix_to_mono(frame: AudioFrame) -> NDArray[np.float32]:
    """Return the mean of the channels of a frame of ``decode_audio``: (samples,)."""
    samples: NDArray[np.float32] = frame.to_ndarray().mean(axis=0, dtype=np.float32)
    return samples.clip(-MONO_LIMIT, MONO_LIMIT, out=samples)


def output_format(stream: AudioStream) -> tuple[int, str]:
    """Return the sample rate in hertz and the channel layout in which a film plays ``stream``."""
    rate = stream.sample_rate if stream.sample_rate in OUTPUT_RATES else DEFAULT_RATE
    return rate, "mono" if stream.channels == 1 else "stereo"


def _is_supported(stream: AudioStream) -> bool:
    codec = stream.codec_context.name
    return stream.sample_rate > 0 and (codec in CODECS or codec.startswith("pcm_"))


def _check_declared_length(container: InputContainer, path: Path, max_seconds: float) -> None:
    """Raise AudioError, before any decoding, for a file whose header declares that it is too long
    and whose size makes that believable.
    """
    declared = (container.duration or 0) / av.time_base
    if declared >= max_seconds and path.stat().st_size >= declared * MIN_BYTES_PER_SECOND:
        raise AudioError(_too_long_message(max_seconds))


def _too_long_message(max_seconds: float) -> str:
    return f"The song is too long: {max_seconds / 60:.0f} minutes are the limit."


def _decode_frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Yield every frame that can be decoded, skipping damage, up to the end of the file."""
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
        frame_format = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or frame_format != previous_format:
            if resampler is not None:
                yield from resampler.resample(None)
            resampler = AudioResampler("fltp", layout, rate, FRAME_SAMPLES)
            previous_format = frame_format
        frame.pts = None  # the samples follow each other, whatever timestamps the file gives them
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)
