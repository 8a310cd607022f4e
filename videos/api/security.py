"""Who asks: a person's key, as a bearer token or in ``x-api-key``; never a session's cookie."""

from django.http import HttpRequest
from ninja.security import APIKeyHeader, HttpBearer

from videos.api.errors import UNAUTHORIZED, Refused
from videos.models import ApiKey, User

BEARER = "bearer"
LONGEST = 200  # characters that are looked at


class ApiRequest(HttpRequest):
    """A request that a key opened."""

    auth: ApiKey


class BearerAuth(HttpBearer):
    """``Authorization: Bearer ak_…``, the word in any case."""

    def __call__(self, request: HttpRequest) -> ApiKey | None:
        """Return the key, None where there is none; a wrong header is never logged."""
        word, _space, secret = request.headers.get(self.header, "").strip().partition(" ")
        return self.authenticate(request, secret) if word.lower() == BEARER else None

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """Return the usable key that ``token`` is."""
        return holding(token)


class ApiKeyAuth(APIKeyHeader):
    """``x-api-key: ak_…``, as Crun wants it."""

    param_name = "x-api-key"

    def authenticate(self, request: HttpRequest, key: str | None) -> ApiKey | None:
        """Return the usable key that ``key`` is."""
        return holding(key or "")


KEYS = [BearerAuth(), ApiKeyAuth()]


def holding(secret: str) -> ApiKey | None:
    """Return the usable key that ``secret`` is."""
    secret = secret.strip()
    return ApiKey.objects.holding(secret) if 0 < len(secret) <= LONGEST else None


def writer(request: ApiRequest) -> User:
    """Return whose key it is; raises ``Refused`` where it may only read."""
    if not request.auth.may_write:
        raise Refused(UNAUTHORIZED, "This API key may only read.")
    return request.auth.owner
