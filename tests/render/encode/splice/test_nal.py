from hypothesis import given
from hypothesis import strategies as st

from videos.render.encode.splice import nal

UNITS = st.lists(
    st.binary(max_size=40).map(lambda body: nal.escape(b"\x41" + body + b"\x80")), max_size=5
)


@given(UNITS)
def test_a_stream_falls_into_the_units_that_it_was_made_of(units: list[bytes]) -> None:
    assert list(nal.split_units(nal.join_units(units))) == units


def test_start_codes_may_be_short() -> None:
    assert list(nal.split_units(b"\0\0\1\x67a\0\0\0\1\x68b")) == [b"\x67a", b"\x68b"]


@given(st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 255])).map(bytes))
def test_escaping_hides_start_codes_and_can_be_undone(body: bytes) -> None:
    unit = b"\x41" + body + b"\x80"
    escaped = nal.escape(unit)
    assert not any(code in escaped for code in (b"\0\0\0", b"\0\0\1", b"\0\0\2"))
    assert nal.unescape(escaped) == unit


def test_a_unit_tells_its_kind() -> None:
    assert [nal.unit_type(unit) for unit in (b"\x67", b"\x65", b"\x41")] == [
        nal.SPS,
        nal.IDR_SLICE,
        nal.SLICE,
    ]
