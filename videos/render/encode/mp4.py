"""The MP4 that holds pictures and sound."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from videos.render.encode.pictures import Coded, Picture, require_taken, set_up_pictures
from videos.render.encode.tags import COVER_SIDE, MILLISECONDS, Chapter

AAC = {"aac_coder": "fast", "cutoff": "20000", "aac_is": "0", "aac_pns": "0"}
"""Twice as fast as the encoder's own way. By itself it cuts off at 18 kHz at this rate, which
makes noisy songs half a decibel quieter and their peaks one higher; and it puts noise and one side
in place of the other (PNS, intensity stereo), which at this rate spares nothing and costs 3 to 11
decibels of likeness."""
AAC_BIT_RATE = 192_000


class Movie:
    """An MP4 file in the making. Use it as a context manager: leaving completes the file."""

    def __init__(
        self, path: Path, metadata: dict[str, str], chapters: Sequence[Chapter] = ()
    ) -> None:
        """Create the file at `path`, to be tagged with `metadata` and parted into `chapters`."""
        # The header goes to the front in the end, so that a player can start at once.
        options = {"movflags": "+faststart"}
        self._cover: Coded | None = None
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

    def add_copied_sound(self, source: AudioStream) -> AudioStream:
        """Add a stream of sound whose packets are copied from `source`."""
        return self._container.add_stream_from_template(source)

    def add_cover(self, jpeg: bytes) -> None:
        """Add the picture that lists show for the film."""
        stream = self._container.add_mux_stream("mjpeg", width=COVER_SIDE, height=COVER_SIDE)
        stream.disposition = Disposition.attached_pic
        self._cover = Packet(jpeg)
        self._cover.stream, self._cover.pts, self._cover.dts = stream, 0, 0
        self._cover.time_base, self._cover.is_keyframe = Fraction(1, 90_000), True

    def start(self) -> None:
        """Open the encoders and write what precedes the first packet."""
        self._container.start_encoding()
        for stream in self._container.streams:
            if stream.codec_context:
                require_taken(stream.codec_context)
        if self._cover:
            self._container.mux(self._cover)

    def write(self, *tracks: Iterator[Coded]) -> Iterator[None]:
        """Write packets in the order of their time, yielding after each."""
        for packet in merge(*tracks, key=seconds_of):
            self._container.mux(packet)
            yield

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
    """Encode the sound with the encoder of `stream`.

    The samples are numbered from 0, so that the encoder's first packet, which only winds it up,
    comes before the start and players leave it out.
    """
    samples = 0
    for frame in frames:
        frame.pts, frame.time_base = samples, Fraction(1, frame.sample_rate)
        samples += frame.samples
        yield from stream.encode(frame)
    yield from stream.encode(None)


def seconds_of(packet: Coded) -> float:
    """Return when a packet is decoded."""
    base = packet.time_base  # made anew each time it is asked for, and slow to calculate with
    return (packet.dts or 0) * base.numerator / base.denominator
