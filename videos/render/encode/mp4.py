"""Writes the MP4 that holds pictures and sound (muxing)."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Self

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from videos.render.encode.aac_pieces import AAC_BIT_RATE, AAC_OPTIONS
from videos.render.encode.pictures import (
    DEFAULT_SETTINGS,
    EncodedPacket,
    EncodedPicture,
    EncoderSettings,
    configure_encoder,
    require_options_taken,
)
from videos.render.encode.tags import MILLISECONDS, Chapter, CoverPicture


class Mp4Writer:
    """Writes one MP4 file. Use it as a context manager: leaving completes the file."""

    def __init__(
        self, path: Path, metadata: dict[str, str], chapters: Sequence[Chapter] = ()
    ) -> None:
        """Create the file at ``path`` with the tags ``metadata`` and these ``chapters``."""
        # The header is moved to the front in the end, so that a player can start at once.
        options = {"movflags": "+faststart"}
        self._cover: EncodedPacket | None = None
        self._container: OutputContainer = av.open(
            str(path.absolute()), "w", format="mp4", container_options=options
        )
        self._container.metadata.update(metadata)
        self._set_chapters(chapters)

    def _set_chapters(self, chapters: Sequence[Chapter]) -> None:
        self._container.set_chapters(
            [
                {
                    "id": number,
                    "start": round(chapter.start / MILLISECONDS),
                    "end": round(chapter.end / MILLISECONDS),
                    "time_base": MILLISECONDS,
                    "metadata": {"title": chapter.title},
                }
                for number, chapter in enumerate(chapters)
            ]
        )

    def add_pictures(
        self, width: int, height: int, fps: int, settings: EncoderSettings = DEFAULT_SETTINGS
    ) -> VideoStream:
        """Add the stream of pictures, for the packets of an ``open_picture_encoder`` like it."""
        stream = self._container.add_stream("libx264", rate=fps)
        configure_encoder(stream.codec_context, width, height, fps, settings)
        return stream

    def add_sound(self, rate: int, layout: str) -> AudioStream:
        """Add a stream of sound with its own AAC encoder."""
        stream = self._container.add_stream("aac", rate=rate, layout=layout)
        stream.codec_context.options = dict(AAC_OPTIONS)
        stream.bit_rate = AAC_BIT_RATE
        return stream

    def add_copied_sound(self, source: AudioStream) -> AudioStream:
        """Add a stream of sound whose packets are copied from ``source``."""
        return self._container.add_stream_from_template(source)

    def add_cover(self, cover: CoverPicture) -> None:
        """Add the picture that file lists show for the film."""
        stream = self._container.add_mux_stream("mjpeg", width=cover.width, height=cover.height)
        stream.disposition = Disposition.attached_pic
        self._cover = Packet(cover.jpeg)
        self._cover.stream, self._cover.pts, self._cover.dts = stream, 0, 0
        self._cover.time_base, self._cover.is_keyframe = Fraction(1, 90_000), True

    def start(self) -> None:
        """Open the encoders and write what comes before the first packet.

        Raises RenderError if an encoder does not know an option.
        """
        self._container.start_encoding()
        for stream in self._container.streams:
            if stream.codec_context:
                require_options_taken(stream.codec_context)
        if self._cover:
            self._container.mux(self._cover)

    def write(self, *tracks: Iterator[EncodedPacket]) -> Iterator[None]:
        """Write the packets of all ``tracks`` in the order of their time, yielding after each."""
        for packet in merge(*tracks, key=decode_time):
            self._container.mux(packet)
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()


def wrap_pictures(
    pictures: Iterable[EncodedPicture], stream: VideoStream, fps: int
) -> Iterator[EncodedPacket]:
    """Yield encoded pictures as packets for ``stream``."""
    for picture in pictures:
        packet: EncodedPacket = Packet(picture.data)
        packet.pts = packet.dts = picture.number
        packet.duration = 1
        packet.time_base = Fraction(1, fps)
        packet.is_keyframe = picture.is_key
        packet.stream = stream
        yield packet


def decode_time(packet: EncodedPacket) -> float:
    """Return when a packet is decoded, in seconds."""
    base = packet.time_base  # made anew at each access, and slow to calculate with
    return (packet.dts or 0) * base.numerator / base.denominator
