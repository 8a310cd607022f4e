"""Durations for people."""


def clock(seconds: float | None) -> str:
    """Return a duration as ``3:35`` or ``1:02:07``; empty for None."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
