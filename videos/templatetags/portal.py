"""How pages write what the portal knows."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from videos.providers.registry import available

register = template.Library()


@register.filter
def clock(seconds: float | None) -> str:
    """Return a length of time as people write it: ``3:35``, ``1:02:07``; empty for None."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def elapsed(moment: datetime) -> float:
    """Return the seconds that have gone by since ``moment``."""
    return max(0.0, (timezone.now() - moment).total_seconds())


@register.filter
def time_left(seconds: float | None) -> str:
    """Return in words, and no finer than anybody can promise, how long is left; empty for None."""
    if seconds is None:
        return ""
    if seconds < 10:
        return gettext("a few seconds left")
    if seconds < 55:
        tens = round(seconds / 10) * 10
        return ngettext("about %(n)d second left", "about %(n)d seconds left", tens) % {"n": tens}
    minutes = round(seconds / 60)
    return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}


@register.filter
def provider_label(key: str) -> str:
    """Return what a provider is called: its key where it is not offered any more."""
    return next((str(each.label) for each in available() if each.key == key), key)
