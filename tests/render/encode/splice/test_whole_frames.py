"""Whole frames of x264, beside spliced ones."""

import pytest

from tests.render.encode.splice.moving import FakePainter, decode_packets, get_bitstreams
from videos.render.encode.pictures import open_picture_encoder
from videos.render.encode.splice import Group, nal
from videos.render.encode.splice.parameters import parse_parameter_sets
from videos.render.encode.splice.slices import parse_slice
from videos.render.encode.splice.whole_frames import WholeFrameEncoder


def header() -> bytes:
    return bytes(open_picture_encoder(96, 96, 30).extradata or b"")


@pytest.mark.parametrize("number", [0, 1, 2, 3])
@pytest.mark.parametrize("skip", [0, 1, 4])
def test_a_group_begins_with_a_key_frame_whose_number_differs_from_its_neighbours(
    number: int, skip: int
) -> None:
    encoder = WholeFrameEncoder(FakePainter(96, 96, {}), 30)
    pictures = list(encoder.encode_group(Group(number, range(10, 20), False), skip))
    assert [picture.number for picture in pictures] == list(range(10 + skip, 20))
    assert [picture.is_key for picture in pictures] == [True] + [False] * (9 - skip)
    units = [unit for unit in nal.split_units(pictures[0].data) if nal.is_slice(unit)]
    first, _ = parse_slice(units[0], parse_parameter_sets(header()))
    assert first.idr_id == (number + bool(skip)) % 2
    assert len(list(decode_packets(header(), get_bitstreams(pictures)))) == 10 - skip


def test_the_result_does_not_depend_on_what_was_encoded_before() -> None:
    encoder = WholeFrameEncoder(FakePainter(96, 96, {}), 30)
    group = Group(1, range(5), False)
    first = list(encoder.encode_group(group))
    list(encoder.encode_group(Group(2, range(5, 9), True)))
    assert list(encoder.encode_group(group)) == first
