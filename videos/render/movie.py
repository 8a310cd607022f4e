"""The MP4 that holds pictures and sound."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from videos.render.encode import Coded, Picture, require_taken, set_up_pictures

AAC = {"aac_coder": "fast"}
AAC_BIT_RATE = 192_000


class Movie:
    """An MP4 file in the making. Use it as a context manager: leaving completes the file."""

    def __init__(self, path: Path, metadata: dict[str, str]) -> None:
        """Create the file at `path`, to be tagged with `metadata`."""
        # The header goes to the front in the end, so that a player can start at once.
        options = {"movflags": "+faststart"}
        self._container: OutputContainer = av.open(
            str(path.absolute()), "w", format="mp4", container_options=options
        )
        self._container.metadata.update(metadata)

    def add_pictures(self, width: int, height: int, fps: int) -> VideoStream:
        """Add the stream of pictures, which some `open_picture_encoder` of the same size makes."""
        stream = self._container.add_stream("libx264", rate=fps)
        set_up_pictures(stream.codec_context, width, height, fps)
        return stream

    def add_sound(self, rate: int, layout: str) -> AudioStream:
        """Add the stream of sound, to be encoded with its own encoder."""
        stream = self._container.add_stream("aac", rate=rate, layout=layout)
        stream.codec_context.options = dict(AAC)
        stream.bit_rate = AAC_BIT_RATE
        return stream

    def start(self) -> None:
        """Open the encoders and write what precedes the first packet."""
        self._container.start_encoding()
        for stream in self._container.streams:
            require_taken(stream.codec_context)

    def write(self, *tracks: Iterator[Coded]) -> Iterator[float]:
        """Write packets in the order of their time, yielding it in seconds as it goes on."""
        for packet in merge(*tracks, key=_seconds):
            time = _seconds(packet)
            self._container.mux(packet)
            yield time

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()


def picture_packets(pictures: Iterable[Picture], stream: VideoStream, fps: int) -> Iterator[Coded]:
    """Wrap encoded pictures for `stream`."""
    for picture in pictures:
        packet: Coded = Packet(picture.data)
        packet.pts = packet.dts = picture.number
        packet.duration = 1
        packet.time_base = Fraction(1, fps)
        packet.is_keyframe = picture.is_key
        packet.stream = stream
        yield packet


def sound_packets(frames: Iterable[AudioFrame], stream: AudioStream) -> Iterator[Coded]:
    """Encode the sound with the encoder of `stream`."""
    for frame in frames:
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _seconds(packet: Coded) -> float:
    return float((packet.dts or 0) * packet.time_base)
