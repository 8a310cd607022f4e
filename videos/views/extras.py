"""What owners take along with a film: its thumbnail, and its teaser for chats."""

import logging
import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from videos import pipeline
from videos.media.file_names import attachment_header
from videos.media.serving import serve_local
from videos.models import Video
from videos.pipeline.rations import MOVING_PREVIEWS, PREVIEWS, RationSpent
from videos.providers.errors import MediaError, ProviderError
from videos.share.file_names import extra_file_name
from videos.views.requests import UserRequest

logger = logging.getLogger(__name__)

CACHE_CONTROL = "private, no-cache"


@require_safe
def thumbnail(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the thumbnail of a finished film to its owner."""
    video = _get_film(request, pk)
    try:
        with PREVIEWS.lane(request.user):
            picture = pipeline.draw_thumbnail(video)
    except (RationSpent, ProviderError) as error:
        return _tell(request, video, error)
    name = extra_file_name(video, _("thumbnail"), "jpg")
    headers = {"Content-Disposition": attachment_header(name), "Cache-Control": CACHE_CONTROL}
    return HttpResponse(picture, "image/jpeg", headers=headers)


@require_safe
def teaser(request: UserRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Send the teaser of a finished film to its owner."""
    video = _get_film(request, pk)
    try:
        path = pipeline.find_teaser(video)
        if path is None:
            with MOVING_PREVIEWS.lane(request.user):
                path = pipeline.make_teaser(video)
    except (RationSpent, ProviderError) as error:
        return _tell(request, video, error)
    response = serve_local(request, path, content_type="video/mp4", cache=CACHE_CONTROL)
    name = extra_file_name(video, _("teaser"), "mp4")
    response["Content-Disposition"] = attachment_header(name)
    return response


def _get_film(request: UserRequest, pk: uuid.UUID) -> Video:
    videos = Video.objects.for_user(request.user).exclude(film="")
    return get_object_or_404(videos.select_related("track__music_task"), pk=pk)


def _tell(request: UserRequest, video: Video, error: Exception) -> HttpResponse:
    """Return to the video's page, with a sentence about what went wrong."""
    logger.info("Video %s: %s", video.pk, error)
    is_clear = isinstance(error, RationSpent | MediaError)
    sentence = str(error) if is_clear else _("That could not be made. Try again in a moment.")
    messages.error(request, sentence)
    return redirect(video)
