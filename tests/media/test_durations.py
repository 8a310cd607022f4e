"""Durations for people."""

import pytest

from videos.media.durations import clock


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (0, "0:00"), (59.4, "0:59"), (59.6, "1:00"), (215, "3:35"), (3727, "1:02:07")],
)
def test_a_duration_is_written_as_on_a_clock(seconds, text):
    assert clock(seconds) == text
