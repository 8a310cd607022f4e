"""The providers that this installation offers."""

from functools import cache

from django.conf import settings

from videos.providers.builtin import BuiltinProvider


@cache
def builtin() -> BuiltinProvider:
    """Return the built-in renderer, which is always there."""
    return BuiltinProvider(processes=settings.RENDER_PROCESSES)


def available() -> list[BuiltinProvider]:
    """Return the providers that a creator can choose from."""
    return [builtin()]
