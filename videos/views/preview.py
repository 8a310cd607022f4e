"""A picture of the video beside the form that orders it."""

import logging
from base64 import b64encode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos.forms.preview import PreviewForm
from videos.models import Turn
from videos.providers.errors import ProviderError
from videos.views.requests import UserRequest

logger = logging.getLogger(__name__)

MOST, WITHIN = 90, 60.0  # pictures for a person, and seconds: nobody types faster


@never_cache
@require_safe
def preview(request: UserRequest) -> HttpResponse:
    """Answer the form's question how the video would look, where anybody can tell.

    204 leaves the last picture: something is being typed that cannot be ordered. So does 429, and
    the page asks again as soon as it may.
    """
    form = PreviewForm(request.user, request.GET)
    if not form.is_valid():
        return HttpResponse(status=204)
    if not form.is_rendered_here:
        return HttpResponse()
    wait = Turn.objects.take(f"preview:{request.user.pk}", MOST, WITHIN)
    if wait:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    try:
        picture = b64encode(form.still()).decode("ascii")
    except ProviderError as error:
        logger.info("No preview: %s", error)
        return HttpResponse(status=503)
    context = {"picture": picture, "second": form.second}
    return render(request, "videos/_preview.html", context)
