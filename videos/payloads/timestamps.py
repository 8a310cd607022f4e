"""The time format of the Suno family."""

from datetime import UTC, datetime


def rfc3339(moment: datetime) -> str:
    """Return ``moment`` to the second, in UTC, such as ``2026-11-24T08:30:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
