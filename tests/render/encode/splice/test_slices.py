from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.render.encode.splice import nal
from videos.render.encode.splice.parameters import ParameterSets
from videos.render.encode.splice.slices import SliceHeader, parse_slice, write_slice

PARAMETERS = ParameterSets(frame_number_bits=4, quantiser=28)

HEADERS = st.builds(
    SliceHeader,
    is_key=st.just(False),
    first_macroblock=st.integers(0, 8160),
    frame_number=st.integers(0, 15),
    cabac_table=st.integers(0, 2),
    quantiser=st.integers(-28, 23),
    deblocking=st.sampled_from([0, 2]),
    offsets=st.tuples(st.integers(-6, 6), st.integers(-6, 6)),
)


@given(HEADERS, st.binary(min_size=1, max_size=60))
def test_a_slice_is_read_as_it_was_written(header: SliceHeader, payload: bytes) -> None:
    unit = write_slice(header, payload + b"\x80", PARAMETERS)
    assert nal.unit_type(unit) == nal.SLICE
    assert parse_slice(unit, PARAMETERS) == (header, payload + b"\x80")


@given(HEADERS, st.integers(0, 65535))
def test_so_is_one_of_a_key_frame(header: SliceHeader, idr_id: int) -> None:
    header = replace(header, is_key=True, frame_number=0, idr_id=idr_id, cabac_table=0)
    unit = write_slice(header, b"\x80", PARAMETERS)
    assert nal.unit_type(unit) == nal.IDR_SLICE
    assert parse_slice(unit, PARAMETERS) == (header, b"\x80")


def test_later_pictures_refer_to_every_slice() -> None:
    assert write_slice(SliceHeader(False, 0, 1), b"\x80", PARAMETERS)[0] >> 5


@pytest.mark.parametrize(
    "bits",
    [
        "1 1 1",  # a B slice
        "1 00110 010",  # another parameter set
        "1 00110 1 0001 100",  # counted references
        "1 00110 1 0001 001",  # marked references
    ],
)
def test_what_cannot_be_written_is_refused(bits: str) -> None:
    digits = bits.replace(" ", "").ljust(32, "1")
    with pytest.raises(ValueError, match=r"type|references"):
        parse_slice(b"\x41" + int(digits, 2).to_bytes(4), PARAMETERS)
