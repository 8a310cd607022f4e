"""Puts decoded frames where their timestamps say, with silence where some are missing."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

# Seconds by which a frame may be late: timestamps are rounded, and the blocks of Vorbis overlap.
TOLERANCE = 0.05
# Seconds of silence that fill one gap at most: a greater jump is no gap but another clock.
MAX_GAP = 60.0
MAX_SILENT_SAMPLES = 1 << 14  # of one frame
# The demuxers whose timestamps count from the start of the file, not from the first packet.
ABSOLUTE_DEMUXERS = {"mov", "matroska"}
# The demuxers whose timestamps only count packets: damage between two packets does not show there.
COUNTING_DEMUXERS = {"mp3", "aac"}


@dataclass
class Gaps:
    """What is missing in a song: ``seconds`` of silence fill its gaps."""

    seconds: float = 0.0


class Timeline:
    """The timeline of one stream, from its first frame to its last."""

    def __init__(self, stream: AudioStream, demuxer: str, gaps: Gaps) -> None:
        """Prepare for the frames of ``stream``; silence is counted in ``gaps``."""
        self._gaps = gaps
        self._seconds = 0.0  # of sound and silence so far
        self._lost_bytes = 0
        counts = demuxer in COUNTING_DEMUXERS
        self._bytes_per_second = (stream.bit_rate or 0) / 8 if counts else 0.0
        self._origin = self._find_origin(stream, demuxer)

    @staticmethod
    def _find_origin(stream: AudioStream, demuxer: str) -> float | None:
        """Return the timestamp, in seconds, of the start; None if it is the first frame's."""
        if stream.start_time is None or stream.time_base is None:
            return None
        start = float(stream.start_time * stream.time_base)
        is_absolute = demuxer.partition(",")[0] in ABSOLUTE_DEMUXERS
        return 0.0 if is_absolute and start <= MAX_GAP else start

    def lose(self, packet: "Packet[AudioStream]") -> None:
        """Note a packet that cannot be decoded."""
        self._lost_bytes += packet.size

    def place(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """Yield ``frame``, after silence if there is a gap before it."""
        gap = max(self._gap_by_timestamp(frame), self._gap_by_size())
        if TOLERANCE < gap <= MAX_GAP:
            if self._seconds or self._lost_bytes:  # not where the file only begins late
                self._gaps.seconds += gap
            self._seconds += gap
            yield from make_silence(frame, gap)
        self._lost_bytes = 0
        self._follow(frame, is_moved=gap > TOLERANCE)
        self._seconds += frame.samples / frame.sample_rate
        yield frame

    def _gap_by_timestamp(self, frame: AudioFrame) -> float:
        time = frame.time
        if time is None or self._origin is None:
            return 0.0
        return time - self._origin - self._seconds

    def _gap_by_size(self) -> float:
        """Return how long the lost packets last, of which each may be all the damage up to the next
        good one; 0 where timestamps tell it.
        """
        return self._lost_bytes / self._bytes_per_second if self._bytes_per_second else 0.0

    def _follow(self, frame: AudioFrame, *, is_moved: bool) -> None:
        """Take the timestamp of ``frame`` as right from now on, if it is the first or after a gap.

        Timestamps that go back stay as they are: sound is never left out for them.
        """
        if frame.time is not None and (self._origin is None or is_moved):
            self._origin = frame.time - self._seconds


def make_silence(like: AudioFrame, seconds: float) -> Iterator[AudioFrame]:
    """Yield frames of silence in the format of the frame ``like``."""
    rest = round(seconds * like.sample_rate)
    zero = 0x80 if like.format.name.startswith("u8") else 0
    while rest > 0:
        frame = AudioFrame(like.format.name, like.layout.name, min(rest, MAX_SILENT_SAMPLES))
        frame.sample_rate = like.sample_rate
        for plane in frame.planes:
            plane.update(np.full(plane.buffer_size, zero, np.uint8).tobytes())
        rest -= frame.samples
        yield frame
