"""The index of a film moves to its front, and the film stays the same."""

import io
import struct

import av
import pytest

from tests.media_files import film_with_index_at_its_end, mp4
from videos.media.faststart import move_index_to_front


def packets(data: bytes) -> list[tuple[int, bytes]]:
    with av.open(io.BytesIO(data)) as film:
        return [(packet.stream.index, bytes(packet)) for packet in film.demux() if packet.size]


def is_index_first(data: bytes) -> bool:
    return data.index(b"moov") < data.index(b"mdat")


def test_a_film_with_its_index_at_the_end_has_it_first_and_the_same_packets(tmp_path):
    film, before = tmp_path / "film.mp4", film_with_index_at_its_end()
    assert not is_index_first(before)
    film.write_bytes(before)
    assert move_index_to_front(film)
    after = film.read_bytes()
    assert is_index_first(after)
    assert len(after) == len(before)
    assert packets(after) == packets(before)
    assert len({stream for stream, _ in packets(after)}) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def damaged() -> dict[str, bytes]:
    film = film_with_index_at_its_end()
    table = film.rindex(b"stco")
    huge = struct.pack(">I", 0xFFFFFFFF)
    return {
        "empty": b"",
        "no film": b"no film at all" * 10,
        "index first already": mp4(),
        "cut": film[:-100],
        "a count that is too large": film[: table + 8] + huge + film[table + 12 :],
        "an empty box in the index": film.replace(b"\x00\x00\x00\x6cmvhd", b"\x00\x00\x00\x01mvhd"),
        "in fragments": film + struct.pack(">I4s", 8, b"moof"),
        "two indexes": film + struct.pack(">I4s", 8, b"moov"),
    }


@pytest.mark.parametrize("kind", damaged())
def test_what_cannot_be_moved_stays_as_it_is(tmp_path, kind):
    data = damaged()[kind]
    film = tmp_path / "film.mp4"
    film.write_bytes(data)
    assert not move_index_to_front(film)
    assert film.read_bytes() == data
