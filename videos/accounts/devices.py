"""The browsers that a person has logged in with before, by a signed cookie.

Nothing about them is stored here. The cookie has a hash for each person who used the browser; it
means nothing to others, and it is worthless once the sessions of the person were ended.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from videos.models import User

COOKIE = "devices"
MAX_AGE = 400 * 24 * 3600  # seconds: as long as browsers keep cookies
MAX_PEOPLE = 10  # of one browser
_SALT = "videos.devices"


def is_recognised(request: HttpRequest, user: User) -> bool:
    """Return whether ``user`` has logged in with this browser before."""
    return _mark_of(user) in _marks(request)


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Have the browser tell from now on that ``user`` has logged in with it."""
    mark = _mark_of(user)
    marks = [mark, *(each for each in _marks(request) if each != mark)][:MAX_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=_SALT),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark_of(user: User) -> str:
    return salted_hmac(_SALT, f"{user.pk}:{user.session_salt}").hexdigest()[:24]


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return []
    return [str(each) for each in marks]
