"""Opens the sound of a song safely: with the one demuxer that its first bytes ask for."""

from collections.abc import Iterator
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.codec.codec import codecs_available
from av.container import InputContainer
from av.stream import Disposition

from videos.render.audio.completeness import NO_INDEX, lacks_index
from videos.render.audio.demuxers import MATROSKA_WINDOW, SoundSource, locate_sound
from videos.render.audio.formats import (
    CONVERT,
    PROTECTED,
    UNSUPPORTED,
    unsupported_codec_message,
    unsupported_message,
)
from videos.render.audio.info import UNREADABLE
from videos.render.audio.partial_file import PartialFile
from videos.render.errors import AudioError
from videos.render.errors import gettext_noop as _
from videos.render.tags.id3_text import MAX_TEXT, has_too_much_text

CODECS = {"aac", "alac", "flac", "mp3", "mp3float", "opus", "vorbis"}
# FFmpeg's decoders that may run, also while it looks at the streams of a file: none for pictures.
DECODERS = sorted(CODECS | {name for name in codecs_available if name.startswith("pcm_")})
MIN_SAMPLE_RATE, MAX_SAMPLE_RATE, MAX_CHANNELS = 8000, 768_000, 8
PROTECTED_TAGS = {"drms", "enca"}  # codec tags of encrypted sound in an MP4
TOO_MUCH_TEXT = _(
    "The tags of this file hold more than %(size)d kB of text. Remove them from it, or save the "
    "song anew, and use that."
) % {"size": MAX_TEXT // 1024}
NO_SOUND = _("There is no sound in this file, only pictures.")


def open_audio(path: Path, metadata_encoding: str = "utf-8") -> InputContainer:
    """Open ``path``, and no other file; of a file of several parts, the first one.

    ``metadata_encoding`` is that of its tags; bytes that do not fit it are replaced.

    Raises AudioError for anything but the formats and codecs that are supported.
    """
    source = find_source(path)
    part = source.parts[0] if source.parts else None
    return _open(path, source, part, metadata_encoding)


def find_source(path: Path) -> SoundSource:
    """Return how to read ``path``. Raises AudioError if it cannot be used."""
    try:
        if has_too_much_text(path):
            raise AudioError(TOO_MUCH_TEXT)
        source = locate_sound(path.absolute())
        if source is None:
            with path.open("rb") as file:
                start = file.read(MATROSKA_WINDOW)
            raise AudioError(unsupported_message(start) or UNSUPPORTED)
    except OSError as error:
        raise AudioError(UNREADABLE) from error
    return source


def open_parts(path: Path) -> Iterator[InputContainer]:
    """Yield each part of ``path``, open until the next one; all but the first may be unreadable.

    Raises AudioError like ``open_audio``.
    """
    source = find_source(path)
    first, *others = source.parts or (None,)
    with _open(path, source, first) as container:
        yield container
    for part in others:
        try:
            container = _open(path, source, part)
        except AudioError:
            continue
        with container:
            yield container


def sound_stream(container: InputContainer) -> AudioStream:
    """Return the stream that players play: the default one, of those with a supported codec.

    Raises IndexError if there is none.
    """
    streams = [stream for stream in container.streams.audio if _is_supported(stream)]
    defaults = [each for each in streams if each.disposition & Disposition.default]
    return [*defaults, *streams][0]


def _open(
    path: Path,
    source: SoundSource,
    part: tuple[int, int | None] | None,
    metadata_encoding: str = "utf-8",
) -> InputContainer:
    """Open a part of ``path``, all of it by default. Raises AudioError."""
    path = path.absolute()  # so that no part of a name can be taken for a protocol
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": source.demuxer,
        "codec_whitelist": ",".join(DECODERS),
    }
    try:
        if part or source.patches:
            file: str | PartialFile = PartialFile(path, *(part or (0, None)), source.patches)
        else:
            file = str(path)
        container = av.open(
            file,
            "r",
            format=source.demuxer,
            options=options,
            container_options=options,
            metadata_encoding=metadata_encoding,
            metadata_errors="replace",
        )
    except (av.FFmpegError, OSError) as error:
        is_cut = source.demuxer == "mov" and lacks_index(path)
        raise AudioError(NO_INDEX if is_cut else UNREADABLE) from error
    try:
        message = _implausibility(sound_stream(container))
    except IndexError:
        message = _refusal(container)
    if message:
        container.close()
        raise AudioError(message)
    return container


def _implausibility(stream: AudioStream) -> str:
    """Return the sentence for a sound with numbers that no song has, "" if it has none."""
    if not MIN_SAMPLE_RATE <= stream.sample_rate <= MAX_SAMPLE_RATE:
        text = _(
            "The sound in this file has %(rate)s samples a second; %(min)s to %(max)s can be used. "
            "%(advice)s"
        )
        limits = {"min": f"{MIN_SAMPLE_RATE:,}", "max": f"{MAX_SAMPLE_RATE:,}"}
        return text % {"rate": f"{stream.sample_rate:,}", **limits, "advice": CONVERT}
    if stream.channels > MAX_CHANNELS:
        text = _(
            "The sound in this file has %(channels)s channels; at most %(max)d can be used. "
            "%(advice)s"
        )
        words = {"channels": f"{stream.channels:,}", "max": MAX_CHANNELS, "advice": CONVERT}
        return text % words
    return ""


def _is_supported(stream: AudioStream) -> bool:
    codec = _codec_name(stream)
    is_known = codec in CODECS or codec.startswith("pcm_")
    return is_known and stream.sample_rate > 0 and not _is_protected(stream)


def _is_protected(stream: AudioStream) -> bool:
    context = stream.codec_context
    return context is not None and context.codec_tag in PROTECTED_TAGS


def _codec_name(stream: AudioStream) -> str:
    return stream.codec_context.name if stream.codec_context else ""


def _refusal(container: InputContainer) -> str:
    """Return the sentence for a file without sound that could be used."""
    streams = container.streams.audio
    if not streams:
        return NO_SOUND if container.streams.video else UNREADABLE
    if any(_is_protected(stream) for stream in streams):
        return PROTECTED
    return unsupported_codec_message(_codec_name(streams[0]))
