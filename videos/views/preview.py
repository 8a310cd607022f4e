"""The preview beside the form of a new video: one frame of the film."""

import logging
from base64 import b64encode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from videos.forms.preview import PreviewForm
from videos.pipeline.rations import PREVIEWS, RationSpent
from videos.providers.errors import ProviderError
from videos.views.requests import UserRequest

logger = logging.getLogger(__name__)


@gzip_page  # a third of a picture in base64
@never_cache
@require_safe
def preview(request: UserRequest) -> HttpResponse:
    """Return one frame of the video as the form describes it, if our renderer would make it.

    204 leaves the last picture in place, because the form has an error at the moment. So does 429,
    after which the page repeats the request as soon as it may.
    """
    form = PreviewForm(request.user, request.GET)
    if not form.is_valid():
        return HttpResponse(status=204)
    if not form.is_rendered_here:
        return HttpResponse()
    try:
        with PREVIEWS.lane(request.user):
            picture = b64encode(form.still()).decode("ascii")
    except RationSpent as error:
        return HttpResponse(status=429, headers={"Retry-After": str(error.retry_after)})
    except ProviderError as error:
        logger.info("No preview: %s", error)
        return HttpResponse(status=503)
    context = {"picture": picture, "second": form.second}
    return render(request, "videos/_preview.html", context)
