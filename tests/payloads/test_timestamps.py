"""The time format of the Suno family."""

from datetime import UTC, datetime, timedelta, timezone

from videos.payloads.timestamps import rfc3339


def test_a_time_is_in_utc_and_to_the_second():
    moment = datetime(2026, 11, 24, 8, 30, 0, 999, tzinfo=UTC)
    assert rfc3339(moment) == "2026-11-24T08:30:00Z"
    elsewhere = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert rfc3339(elsewhere) == "2026-11-24T08:30:00Z"
