"""The properties of a song that its file tells without decoding: its format, length and tags."""

from pathlib import Path

import av
from av.container import InputContainer

from videos.render.audio.completeness import declared_wav_seconds, ends_early
from videos.render.audio.demuxers import SoundSource, has_declared_length
from videos.render.audio.info import UNREADABLE, AudioInfo
from videos.render.audio.opening import (
    find_source,
    open_audio,
    open_parts,
    sound_stream,
)
from videos.render.errors import AudioError
from videos.render.tags.reading import read_song_tags


def estimate_duration(path: Path) -> float:
    """Return about how many seconds a song lasts, from its packets, without decoding any.

    Raises AudioError if it cannot be read.
    """
    return sum(map(_packet_seconds, open_parts(path)))


def describe_audio(path: Path, duration: float, loudness: float | None) -> AudioInfo:
    """Return what is in ``path``, given its measured duration (seconds) and loudness (LUFS).

    Raises AudioError if it cannot be read.
    """
    with open_audio(path) as container:
        stream = sound_stream(container)
        channels, rate = stream.channels, stream.sample_rate
        codec, demuxer = stream.codec_context.name, container.format.name
    source, tags = find_source(path), read_song_tags(path)
    return AudioInfo(
        *(duration, channels, rate, codec, demuxer, loudness, tags.title),
        declared_duration=declared_seconds(path, source),
        tags=tags,
        ends_early=ends_early(path, source),
    )


def read_tags(path: Path) -> dict[str, str]:
    """Return the tags of a song under FFmpeg's names, such as "title" and "artist"."""
    with open_audio(path) as container:
        return {**sound_stream(container).metadata, **container.metadata}


def declared_seconds(path: Path, source: SoundSource) -> float | None:
    """Return the seconds that the header of ``path`` declares, None if it declares none."""
    if not has_declared_length(path, source):
        return None
    if source.demuxer == "wav" and (seconds := declared_wav_seconds(path)):
        return seconds
    seconds = sum((container.duration or 0) / av.time_base for container in open_parts(path))
    return seconds or None


def _packet_seconds(container: InputContainer) -> float:
    """Return how long the sound of ``container`` lasts by the durations of its packets."""
    stream = sound_stream(container)
    try:
        length = sum(packet.duration or 0 for packet in container.demux(stream))
    except (av.FFmpegError, OSError) as error:
        raise AudioError(UNREADABLE) from error
    return float(length * (stream.time_base or 0))
