"""The icons at the addresses that browsers guess, and the manifest of the site on a home screen."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

CACHE_CONTROL = "public, max-age=86400"
ICON_SIZES = (192, 512)  # pixels


@login_not_required
@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to an icon that browsers look for here: beside films and documents, which name none."""
    response = redirect(static(f"img/{name}"))
    response["Cache-Control"] = CACHE_CONTROL
    return response


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Return what a telephone needs to show the site on its home screen."""
    icons = [
        {
            "src": static(f"img/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in ICON_SIZES
        for purpose in ("any", "maskable")
    ]
    values = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "start_url": reverse("videos:library"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#130d18",
        "theme_color": "#130d18",
        "icons": icons,
    }
    response = JsonResponse(values, content_type="application/manifest+json")
    response["Cache-Control"] = CACHE_CONTROL
    return response
