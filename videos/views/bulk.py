"""What the library does with several videos at once, and the undo of a deletion."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from videos import clock, pipeline
from videos.forms.bulk import BulkForm
from videos.models import Video
from videos.views.requests import UserRequest
from videos.views.trash import parse_moment, trashed_videos


@require_POST
def change_videos(request: UserRequest) -> HttpResponse:
    """Change the visibility of the chosen videos, make them again, or delete them."""
    form = BulkForm(request.user, request.POST)
    if not form.is_valid():
        messages.error(request, form.first_error)
        return redirect(_way_back(request))
    videos, action = form.cleaned_data["video"], form.cleaned_data["action"]
    if action == "delete":
        return _delete(request, videos)
    if action == "remake":
        _remake(request, videos)
    else:
        _publish(request, videos, form.cleaned_data["visibility"])
    return redirect(_way_back(request))


@require_POST
def restore_videos(request: UserRequest) -> HttpResponse:
    """Take back what was deleted at once, at the moment ``deleted``."""
    moment = parse_moment(request.POST.get("deleted", ""))
    videos = trashed_videos(request.user).filter(deleted_at=moment) if moment else ()
    count = sum(video.restore() for video in videos)
    if count < len(videos) or not count:
        messages.error(request, _("Not all of them could be taken back: look into the trash."))
    if count:
        text = ngettext("%(n)d video is back.", "%(n)d videos are back.", count)
        messages.success(request, text % {"n": count})
    return redirect(_way_back(request))


def _delete(request: UserRequest, videos: Sequence[Video]) -> HttpResponse:
    moment = clock.now()
    trashed = [pipeline.move_to_trash(video, moment) for video in videos]
    if count := trashed.count(False):
        text = ngettext(
            "%(n)d video without a film was deleted.",
            "%(n)d videos without a film were deleted.",
            count,
        )
        messages.success(request, text % {"n": count})
    query = {"deleted": moment.isoformat()} if any(trashed) else {}
    return redirect(reverse("videos:library", query=query))


def _remake(request: UserRequest, videos: Sequence[Video]) -> None:
    """Order each film once more; the first that the quota refuses is the last."""
    count = 0
    try:
        for video in videos:
            if video.track.has_sound:
                count += pipeline.remake(video, {})[1]
    except pipeline.QuotaReached as error:
        messages.error(request, str(error))
    if count < len(videos):
        left = len(videos) - count
        text = ngettext(
            "%(n)d video is not made again: it is being made, or its song has no sound here.",
            "%(n)d videos are not made again: they are being made, or their songs have no sound "
            "here.",
            left,
        )
        messages.info(request, text % {"n": left})


def _publish(request: UserRequest, videos: Sequence[Video], visibility: str) -> None:
    rows = Video.objects.for_user(request.user).filter(pk__in=[video.pk for video in videos])
    count = rows.update(visibility=visibility)
    text = ngettext("%(n)d video is changed.", "%(n)d videos are changed.", count)
    messages.success(request, text % {"n": count})


def _way_back(request: UserRequest) -> str:
    """Return the page of the library that the form was sent from."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, None):
        return address
    return reverse("videos:library")
