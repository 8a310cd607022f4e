import threading
from collections.abc import Iterator
from fractions import Fraction

import pytest
from av.packet import Packet

from videos.render.encode.sound_thread import PACKETS, Soundtrack


def packets(count: int, drawn: list[int] | None = None) -> Iterator[Packet]:
    for number in range(count):
        if drawn is not None:
            drawn.append(number)
        packet = Packet(b"x")
        packet.pts, packet.time_base = number, Fraction(1, 1000)
        yield packet


def test_packets_come_in_order_from_another_thread() -> None:
    with Soundtrack(packets(1000)) as soundtrack:
        assert [packet.pts for packet in soundtrack.packets()] == list(range(1000))


def test_it_does_not_run_far_ahead() -> None:
    drawn: list[int] = []
    with Soundtrack(packets(5000, drawn)) as soundtrack:
        next(soundtrack.packets())
    assert len(drawn) <= PACKETS + 2


def test_what_goes_wrong_is_raised_where_the_packets_are_used() -> None:
    def broken() -> Iterator[Packet]:
        yield from packets(1)
        raise LookupError("no more")

    with Soundtrack(broken()) as soundtrack, pytest.raises(LookupError):
        list(soundtrack.packets())


def test_leaving_ends_what_the_packets_come_from() -> None:
    ended: list[bool] = []

    def sounding() -> Iterator[Packet]:
        try:
            yield from packets(10**9)
        finally:
            ended.append(True)

    with Soundtrack(sounding()) as soundtrack:
        next(soundtrack.packets())
    assert ended == [True]


def test_leaving_ends_the_thread() -> None:
    before = threading.active_count()
    with Soundtrack(packets(10**9)):
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


def test_it_tells_how_far_it_has_come() -> None:
    given = list(packets(31))
    for packet in given:
        packet.dts, packet.time_base = packet.pts, Fraction(1, 10)
    with Soundtrack(each for each in given) as soundtrack:
        list(soundtrack.packets())
        assert soundtrack.seconds == 3
