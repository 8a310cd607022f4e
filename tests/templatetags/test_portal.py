"""Template filters that format durations, numbers and names."""

from datetime import timedelta

import pytest
from django.utils import timezone

from videos.templatetags.portal import clock, elapsed, lufs, provider_label, time_left


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(None, ""), (0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (215, "3:35"), (3727, "1:02:07")],
)
def test_a_length_is_written_as_on_a_clock(seconds, expected):
    assert clock(seconds) == expected


def test_loudness_has_a_sign_and_a_unit():
    assert lufs(-14.04) == "\N{MINUS SIGN}14.0 LUFS"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (None, ""),
        (3, "a few seconds left"),
        (24, "about 20 seconds left"),
        (54, "about 50 seconds left"),
        (61, "about 1 minute left"),
        (290, "about 5 minutes left"),
    ],
)
def test_a_wait_is_told_no_finer_than_it_is_known(seconds, expected):
    assert time_left(seconds) == expected


def test_a_provider_has_a_name_as_long_as_it_is_offered():
    assert provider_label("builtin") == "Built-in renderer"
    assert provider_label("gone") == "gone"


def test_a_watch_begins_at_zero():
    now = timezone.now()
    assert clock(elapsed(now - timedelta(seconds=61))) == "1:01"
    assert elapsed(now + timedelta(seconds=5)) == 0  # two machines' clocks
