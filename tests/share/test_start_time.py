"""Moments in links."""

import pytest

from videos.share.start_time import format_start, parse_start


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30", 30), ("30s", 30), ("1m30s", 90), ("1M30S", 90), ("1m30", 90), ("2m", 120),
        ("1h2m3s", 3723), ("12.5", 12.5), ("1:30", 90), ("1:02:03", 3723), (" 7 ", 7), ("0", 0),
    ],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(text: str, seconds: float):
    assert parse_start(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "-5", "soon", "1m30s5", "s", "1e9", "999999", "٣٠", "30;31", "NaN", "9" * 5000, "1:2:3:4"],
)
def test_what_is_no_moment_is_the_beginning(text: str):
    assert parse_start(text) == 0


@pytest.mark.parametrize(
    ("start", "text"), [(30.0, "30"), (12.5, "12.5"), (0.0, "0"), (100.0, "100")]
)
def test_it_is_written_without_needless_digits(start: float, text: str):
    assert format_start(start) == text
