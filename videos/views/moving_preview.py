"""The moving preview beside the form of a new video: seconds of the film's hook, with sound."""

import logging
from pathlib import Path

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos import pipeline
from videos.forms.preview import PreviewForm
from videos.media.serving import serve_local
from videos.pipeline.rations import MOVING_PREVIEWS, RationSpent
from videos.providers.errors import MediaError, ProviderError
from videos.views.requests import UserRequest

logger = logging.getLogger(__name__)

CACHE_CONTROL = "private, no-cache"  # the address stays the same when the song's lyrics change


@never_cache
@require_safe
def moving_preview(request: UserRequest) -> HttpResponse:
    """Make the preview of the video as the form describes it; return its player, or a sentence."""
    form = PreviewForm(request.user, request.GET)
    if not form.is_valid():
        return _sentence(form.first_error, 422)
    if not form.is_rendered_here:
        return _sentence(_("Only films of the built-in renderer can be seen before."), 422)
    try:
        _find_or_make(request, form)
    except RationSpent as error:
        return _sentence(str(error), 429, {"Retry-After": str(error.retry_after)})
    except MediaError as error:
        return _sentence(str(error), 422)
    except ProviderError as error:
        logger.warning("No moving preview: %s", error)
        return _sentence(_("The preview could not be made. Try again in a moment."), 503)
    names = form.moving_preview_fields.split(",")
    query = [(name, value) for name in names for value in request.GET.getlist(name)]
    address = reverse("videos:moving_film", query=query)
    return render(request, "videos/_moving_preview.html", {"address": address})


@require_safe
def moving_film(request: UserRequest) -> HttpResponseBase:
    """Send the preview that ``moving_preview`` has made; one that is not cached is made again."""
    form = PreviewForm(request.user, request.GET)
    if not form.is_valid() or not form.is_rendered_here:
        raise Http404
    try:
        path = _find_or_make(request, form)
    except RationSpent as error:
        return _sentence(str(error), 429, {"Retry-After": str(error.retry_after)})
    except ProviderError as error:
        logger.warning("No moving preview: %s", error)
        raise Http404 from error
    return serve_local(request, path, content_type="video/mp4", cache=CACHE_CONTROL)


def _find_or_make(request: UserRequest, form: PreviewForm) -> Path:
    """Return the file of the preview; what is cached costs nothing of the ration."""
    order = form.shown_request
    if path := pipeline.find_moving_preview(order):
        return path
    with MOVING_PREVIEWS.lane(request.user):
        return pipeline.make_moving_preview(order)


def _sentence(text: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(text, "text/plain; charset=utf-8", status, headers=headers)
