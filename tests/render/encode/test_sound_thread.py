import threading
from collections.abc import Iterator
from fractions import Fraction

import pytest
from av.packet import Packet

from videos.render.encode.sound_thread import MAX_QUEUED_PACKETS, SoundThread


def make_packets(count: int, read: list[int] | None = None) -> Iterator[Packet]:
    for number in range(count):
        if read is not None:
            read.append(number)
        packet = Packet(b"x")
        packet.pts, packet.time_base = number, Fraction(1, 1000)
        yield packet


def test_packets_come_in_order_from_another_thread() -> None:
    with SoundThread(make_packets(1000)) as sound_thread:
        assert [packet.pts for packet in sound_thread.packets()] == list(range(1000))


def test_it_does_not_run_far_ahead() -> None:
    read: list[int] = []
    with SoundThread(make_packets(5000, read)) as sound_thread:
        next(sound_thread.packets())
    assert len(read) <= MAX_QUEUED_PACKETS + 2


def test_what_goes_wrong_is_raised_where_the_packets_are_used() -> None:
    def broken() -> Iterator[Packet]:
        yield from make_packets(1)
        raise LookupError("no more")

    with SoundThread(broken()) as sound_thread, pytest.raises(LookupError):
        list(sound_thread.packets())


def test_leaving_ends_what_the_packets_come_from() -> None:
    ended: list[bool] = []

    def endless() -> Iterator[Packet]:
        try:
            yield from make_packets(10**9)
        finally:
            ended.append(True)

    with SoundThread(endless()) as sound_thread:
        next(sound_thread.packets())
    assert ended == [True]


def test_leaving_ends_the_thread() -> None:
    before = threading.active_count()
    with SoundThread(make_packets(10**9)):
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_it_tells_how_far_it_has_come() -> None:
    packets = list(make_packets(31))
    for packet in packets:
        packet.dts, packet.time_base = packet.pts, Fraction(1, 10)
    with SoundThread(each for each in packets) as sound_thread:
        list(sound_thread.packets())
        assert sound_thread.seconds == 3
