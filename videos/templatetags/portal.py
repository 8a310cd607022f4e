"""Template filters that format durations, numbers and names."""

import math
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import localize
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from videos import pipeline
from videos.languages.late_translation import translate_late
from videos.lyrics.word_spans import word_spans
from videos.media.durations import clock
from videos.models import Track
from videos.providers.base import Vendor
from videos.providers.registry import available

register = template.Library()


register.filter(clock)
register.filter(translate_late)
register.filter(word_spans)


@register.filter
def lufs(loudness: float) -> str:
    """Return a loudness with its sign and unit: ``−14.0 LUFS``."""
    return f"{localize(round(loudness, 1))} LUFS".replace("-", "\N{MINUS SIGN}")


@register.filter
def elapsed(start: datetime) -> float:
    """Return the seconds since ``start``, 0 where it is in the future."""
    return max(0.0, (timezone.now() - start).total_seconds())


@register.filter
def time_left(seconds: float | None) -> str:
    """Return the remaining time as rounded words, as it is an estimate; empty for None."""
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
def days_left(end: datetime | None) -> int:
    """Return the whole days until ``end``: 0 on the last one, -1 once it is over."""
    seconds = (end - timezone.now()).total_seconds() if end else 0
    return max(-1, math.floor(seconds / 86400))


@register.filter
def number(value: float) -> str:
    """Return a number without decimals if it is whole, otherwise with at most two."""
    return localize(int(value) if value == int(value) else round(value, 2))


@register.filter
def plural_number(value: float) -> int:
    """Return 1 for exactly one and 2 for any other number, to choose singular or plural."""
    return 1 if value == 1 else 2


@register.filter
def provider_keys(track: Track) -> str:
    """Return the keys of the providers that can make a film of ``track``, its own vendor first."""
    return " ".join(each.key for each in pipeline.providers_for(track))


@register.filter
def labels(providers: list[Vendor]) -> str:
    """Return the names of ``providers`` as an enumeration."""
    return get_text_list([each.label for each in providers], gettext("or"))


@register.filter
def provider_label(key: str) -> str:
    """Return the name of a provider, its key where it is no longer set up."""
    return next((str(each.label) for each in available() if each.key == key), key)
