import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.render.encode.splice.bits import BitReader, BitWriter


@given(st.lists(st.integers(0, 70_000)), st.lists(st.integers(-70_000, 70_000)))
def test_what_was_written_is_read(numbers: list[int], signed: list[int]) -> None:
    writer = BitWriter()
    for number in numbers:
        writer.write_ue(number)
    for number in signed:
        writer.write_se(number)
    reader = BitReader(writer.to_bytes(1))
    assert [reader.read_ue() for _ in numbers] == numbers
    assert [reader.read_se() for _ in signed] == signed


@pytest.mark.parametrize(
    ("number", "bits"), [(0, "1"), (1, "010"), (2, "011"), (3, "00100"), (7, "0001000")]
)
def test_numbers_are_coded_as_the_standard_says(number: int, bits: str) -> None:
    writer = BitWriter()
    writer.write_ue(number)
    assert writer.to_bytes(0) == int(bits.ljust(8, "0"), 2).to_bytes(1)


@pytest.mark.parametrize(("signed", "number"), [(0, 0), (1, 1), (-1, 2), (2, 3), (-2, 4)])
def test_signs_alternate(signed: int, number: int) -> None:
    one, other = BitWriter(), BitWriter()
    one.write_se(signed)
    other.write_ue(number)
    assert one.to_bytes(0) == other.to_bytes(0)


def test_the_last_byte_is_filled_up_with_ones_or_zeros() -> None:
    for bit, last in ((1, 0b10111111), (0, 0b10000000)):
        writer = BitWriter()
        writer.write_bits(0b10, 2)
        assert writer.to_bytes(bit) == bytes([last])


def test_zeros_without_end_are_no_number() -> None:
    with pytest.raises(ValueError, match="no number"):
        BitReader(b"\0" * 4).read_ue()
