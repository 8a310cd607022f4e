"""The providers that this installation offers: the vendors that have a key, and our renderer."""

from collections.abc import Callable, Mapping
from functools import cache

from django.conf import settings

from videos.providers.base import Vendor
from videos.providers.builtin import BuiltinProvider
from videos.providers.crun import CrunProvider
from videos.providers.suno import SunoProvider
from videos.vendors import VENDORS

FAMILIES: Mapping[str, Callable[..., Vendor]] = {"suno": SunoProvider, "crun": CrunProvider}


@cache
def builtin() -> BuiltinProvider:
    """Return the built-in renderer, which is always there."""
    return BuiltinProvider(processes=settings.RENDER_PROCESSES or None)


def vendor(key: str) -> Vendor | None:
    """Return the vendor ``key``, None where it is unknown or has no key of ours."""
    facts, config = VENDORS.get(key), settings.VENDORS.get(key, {})
    if facts is None or not config.get("api_key"):
        return None
    return FAMILIES[facts.family](facts, **config)


def vendors() -> list[Vendor]:
    """Return the vendors that have a key of ours."""
    return [configured for key in VENDORS if (configured := vendor(key))]


def available() -> list[Vendor | BuiltinProvider]:
    """Return the providers that a creator can choose from; the one that is always there is last."""
    return [*vendors(), builtin()]
