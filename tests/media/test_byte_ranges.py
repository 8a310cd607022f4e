"""Byte ranges, against the rules of RFC 9110 applied byte by byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videos.media.byte_ranges import Span, UnsatisfiableRange, parse_range

sizes = st.integers(0, 40)
numbers = st.integers(0, 50)


@given(sizes, numbers, numbers)
def test_it_gives_the_bytes_from_first_to_last(size, first, last):
    expected = [i for i in range(size) if first <= i <= last]
    header = f"bytes={first}-{last}"
    if last < first:
        assert parse_range(header, size) is None
    elif not expected:
        with pytest.raises(UnsatisfiableRange):
            parse_range(header, size)
    else:
        span = parse_range(header, size)
        assert list(range(size))[span.start : span.stop] == expected
        assert span.length == len(expected)


@given(sizes, numbers)
def test_it_gives_all_bytes_from_first_on(size, first):
    if first >= size:
        with pytest.raises(UnsatisfiableRange):
            parse_range(f"bytes={first}-", size)
    else:
        assert parse_range(f"bytes={first}-", size) == Span(first, size)


@given(sizes, numbers)
def test_it_gives_the_last_bytes(size, length):
    if not length or not size:
        with pytest.raises(UnsatisfiableRange):
            parse_range(f"bytes=-{length}", size)
    else:
        span = parse_range(f"bytes=-{length}", size)
        assert list(range(size))[span.start : span.stop] == list(range(size))[-length:]


@given(st.text(max_size=30), sizes)
def test_no_header_breaks_it(header, size):
    for text in (header, f"bytes={header}"):
        try:
            span = parse_range(text, size)
        except UnsatisfiableRange:
            continue
        assert span is None or 0 <= span.start < span.stop <= size


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1-2,4-5", "lines=1-2", "bytes=--1",
     "bytes=1--2", "bytes=+1-2", "bytes=٣-٥", "bytes 1-2", "bytes=0x1-2"],
)  # fmt: skip
def test_it_leaves_alone_what_is_no_single_range(header):
    assert parse_range(header, 10) is None


@pytest.mark.parametrize("header", ["bytes=0-3", " bytes=0-3 ", "BYTES=0-3", "bytes= 0-3"])
def test_it_accepts_spaces_and_capitals(header):
    assert parse_range(header, 10) == Span(0, 4)


def test_numbers_without_end_are_only_large():
    nines = "9" * 5000
    assert parse_range(f"bytes=2-{nines}", 10) == Span(2, 10)
    assert parse_range(f"bytes=-{nines}", 10) == Span(0, 10)
    assert parse_range("bytes=" + "0" * 5000 + "2-3", 10) == Span(2, 4)
    with pytest.raises(UnsatisfiableRange):
        parse_range(f"bytes={nines}-", 10)


def test_a_span_says_where_it_is():
    assert Span(2, 5).content_range(10) == "bytes 2-4/10"
