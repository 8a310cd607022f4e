"""How pages write what the portal knows."""

import math
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from videos import pipeline
from videos.models import Track
from videos.providers.base import Vendor
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
def lufs(loudness: float) -> str:
    """Return a loudness as sound engineers write it: ``−14.0 LUFS``."""
    return f"{localize(round(loudness, 1))} LUFS".replace("-", "\N{MINUS SIGN}")


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
def days_left(moment: datetime | None) -> int:
    """Return the whole days until ``moment``: 0 on the last one, -1 once it is over."""
    seconds = (moment - timezone.now()).total_seconds() if moment else 0
    return max(-1, math.floor(seconds / 86400))


@register.filter
def number(value: float) -> str:
    """Return a number as people write it: whole where it is whole, else with two digits."""
    return localize(int(value) if value == int(value) else round(value, 2))


@register.filter
def plural_number(value: float) -> int:
    """Return what decides between singular and plural: only one is one."""
    return 1 if value == 1 else 2


@register.filter
def able(track: Track) -> str:
    """Return the keys of those who can make a film of ``track``, the best choice first."""
    return " ".join(each.key for each in pipeline.providers_for(track))


@register.filter
def labels(providers: list[Vendor]) -> str:
    """Return the names of ``providers`` in a row."""
    return get_text_list([each.label for each in providers], gettext("or"))


@register.filter
def provider_label(key: str) -> str:
    """Return what a provider is called: its key where it is not offered any more."""
    return next((str(each.label) for each in available() if each.key == key), key)
