"""Pictures of any moment of a film, to be posted with it."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos.media.file_names import attachment_header
from videos.models import Video
from videos.pipeline import post_pictures
from videos.pipeline.rations import PREVIEWS
from videos.providers.errors import ProviderError
from videos.share.file_names import extra_file_name
from videos.views.requests import UserRequest

DEFAULT_MOMENT = 40  # percent of the film


@never_cache
@require_safe
def moment(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the picture at ``?at=`` percent of a film of ours, with ``?wide=1`` as a thumbnail.

    Raises ``RationSpent``.
    """
    videos = Video.objects.for_user(request.user).select_related("track")
    video = get_object_or_404(videos, pk=pk)
    if not (video.is_ready and video.is_rendered_here):
        raise Http404
    is_wide = bool(request.GET.get("wide"))
    try:
        with PREVIEWS.lane(request.user):
            picture = post_pictures.moment(video, _percent(request) / 100, is_wide=is_wide)
    except ProviderError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    name = extra_file_name(video, _("picture"), "jpg")
    headers = {"Content-Disposition": attachment_header(name)}
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)


def _percent(request: UserRequest) -> float:
    """Return the moment in percent of the film; any other text is the usual moment."""
    try:
        percent = float(request.GET.get("at", ""))
    except ValueError:
        return DEFAULT_MOMENT
    return percent if 0 <= percent <= 100 else DEFAULT_MOMENT
