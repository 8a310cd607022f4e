"""``/.well-known/security.txt``: where people report a hole of this site (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

VALIDITY = timedelta(days=180)  # the standard recommends less than a year
PAGES = ("https://", "mailto:", "tel:")


@login_not_required
@cache_control(public=True, max_age=24 * 3600)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Name the operator's contact; raises ``Http404`` where none is set."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if not contact.startswith(PAGES):
        contact = f"mailto:{contact}"
    expires = (datetime.now(UTC) + VALIDITY).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    )
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8"
    )
