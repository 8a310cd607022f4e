"""Authentication of API requests: by a key, never by the cookie of a session.

The key is a bearer token or stands in ``x-api-key``.
"""

from django.http import HttpRequest
from ninja.security import APIKeyHeader, HttpBearer

from videos.api.errors import UNAUTHORIZED, ApiError
from videos.models import ApiKey, User

BEARER = "bearer"
MAX_SECRET_LENGTH = 200  # characters; a longer text is not looked up


class ApiRequest(HttpRequest):
    """A request that a key authenticated."""

    auth: ApiKey


class BearerAuth(HttpBearer):
    """``Authorization: Bearer ak_…``, the word in any case."""

    def __call__(self, request: HttpRequest) -> ApiKey | None:
        """Return the key, None where there is none; a wrong header is never logged."""
        word, _space, secret = request.headers.get(self.header, "").strip().partition(" ")
        return self.authenticate(request, secret) if word.lower() == BEARER else None

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """Return the usable key that ``token`` is."""
        return authenticate(token)


class ApiKeyAuth(APIKeyHeader):
    """``x-api-key: ak_…``, as Crun's clients send it."""

    param_name = "x-api-key"

    def authenticate(self, request: HttpRequest, key: str | None) -> ApiKey | None:
        """Return the usable key that ``key`` is."""
        return authenticate(key or "")


AUTHENTICATORS = [BearerAuth(), ApiKeyAuth()]


def authenticate(secret: str) -> ApiKey | None:
    """Return the usable key that ``secret`` is, None for any other text."""
    secret = secret.strip()
    return ApiKey.objects.authenticate(secret) if 0 < len(secret) <= MAX_SECRET_LENGTH else None


def require_writer(request: ApiRequest) -> User:
    """Return the owner of the key; raises ``ApiError`` where the key may only read."""
    if not request.auth.may_write:
        raise ApiError(UNAUTHORIZED, "This API key may only read.")
    return request.auth.owner
