"""Sound that goes into a film as it is: packets of AAC, copied without decoding."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.container import InputContainer

from videos.render.audio.decoding import heard_as, open_audio
from videos.render.encode.pictures import Coded

PACKET = 1024
"""Samples in a packet of AAC."""


def may_pass(path: Path, duration: float) -> bool:
    """Whether the packets of `path` sound the same when a film copies them.

    They do if the film would have the same rate and layout, one follows the other, and all of
    them were heard: `duration` is how many seconds could be decoded.
    """
    with open_audio(path) as container:
        stream = container.streams.audio[0]
        context = stream.codec_context
        layout = heard_as(stream)
        if (context.name, context.profile) != ("aac", "LC"):
            return False
        if layout != (stream.sample_rate, context.layout.name):
            return False
        if stream.time_base != Fraction(1, stream.sample_rate):
            return False
        end = _end(container, stream)
    return end is not None and abs(end - duration * layout[0]) < PACKET


def _end(container: InputContainer, stream: AudioStream) -> int | None:
    """Return the sample after the last packet, None where packets do not follow each other."""
    expected: int | None = None
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        if packet.is_corrupt or packet.pts > 0 if expected is None else packet.pts != expected:
            return None
        expected = packet.pts + (packet.duration or PACKET)
    return expected


def passing_packets(container: InputContainer, track: AudioStream) -> Iterator[Coded]:
    """Yield the packets of the sound in `container` for `track`."""
    for packet in container.demux(container.streams.audio[0]):
        if packet.size:
            packet.stream = track
            yield packet
