"""The providers that this installation offers."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache, partial

from django.conf import settings

from videos.media import analysis_cache
from videos.providers import crun, suno
from videos.providers.base import Vendor
from videos.providers.builtin import BuiltinProvider
from videos.providers.crun import CrunProvider
from videos.providers.suno import SunoProvider

_MAKERS: Mapping[str, Callable[..., Vendor]] = {
    "apikley": partial(SunoProvider, key="apikley", label="Apikley", codes=suno.CODES),
    "kie": partial(SunoProvider, key="kie", label="kie.ai", codes=suno.CODES),
    "sunoapi": partial(
        SunoProvider,
        key="sunoapi",
        label="sunoapi.org",
        codes=suno.SUNOAPI_CODES,
        retention=timedelta(days=15),
        credit_path="/api/v1/generate/credit",
    ),
    "crun": partial(CrunProvider, key="crun", label="Crun", codes=crun.CODES),
}


@cache
def builtin() -> BuiltinProvider:
    """Return the built-in renderer, which is always there."""
    return BuiltinProvider(processes=settings.RENDER_PROCESSES, memory=analysis_cache.memory())


def vendor(key: str) -> Vendor | None:
    """Return the vendor ``key``, None where it is unknown or has no key of ours."""
    given = settings.VENDORS.get(key, {})
    return _MAKERS[key](**given) if key in _MAKERS and given.get("api_key") else None


def vendors() -> list[Vendor]:
    """Return the vendors that have a key of ours."""
    return [found for key in _MAKERS if (found := vendor(key))]


def available() -> list[Vendor | BuiltinProvider]:
    """Return the providers that a creator can choose from; the one that is always there is last."""
    return [*vendors(), builtin()]
