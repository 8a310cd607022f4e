"""The trash: films that were deleted within a week, to be taken back or deleted for good."""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from videos import keyset, pipeline
from videos.models import User, Video
from videos.models.video_queryset import VideoQuerySet
from videos.views.paging import page_size
from videos.views.requests import UserRequest

DELETED_LAST_FIRST = keyset.Order("deleted_at", descending=True)


@require_safe
def trash(request: UserRequest) -> HttpResponse:
    """Show what is in the person's trash, what was deleted last first."""
    videos = trashed_videos(request.user).select_related("track")
    page = keyset.fetch_page(
        videos, DELETED_LAST_FIRST, request.GET.get("after", ""), page_size(request)
    )
    return render(request, "videos/trash.html", {"videos": page.rows, "next_page": page.next})


@require_POST
def restore_video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a video out of the trash, with its address."""
    video = get_object_or_404(trashed_videos(request.user), pk=pk)
    if not video.restore():
        messages.error(request, _("There is another film of this order now; this one stays here."))
        return redirect("videos:trash")
    messages.success(request, _("The video is back, with its link."))
    return redirect(video)


@require_POST
def purge_video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a video in the trash for good."""
    pipeline.delete_video(get_object_or_404(trashed_videos(request.user), pk=pk))
    messages.success(request, _("The video was deleted for good."))
    return redirect("videos:trash")


def deletion(request: UserRequest) -> dict[str, object]:
    """Return what the library shows of what was deleted a moment ago.

    ``?deleted=`` is the video, or the moment at which several were deleted together.
    """
    trashed, text = trashed_videos(request.user), request.GET.get("deleted", "")
    if moment := parse_moment(text):
        count = trashed.filter(deleted_at=moment).count()
        return {"deleted_count": count, "deleted_moment": text}
    if pk := _parse_uuid(text):
        return {"deleted": trashed.filter(pk=pk).select_related("track").first()}
    return {}


def _parse_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """Return the moment that ``text`` is in the form of ISO 8601, with its zone; else None."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def trashed_videos(user: User) -> "VideoQuerySet[Video]":
    """Return what is in the trash of ``user``."""
    return Video.with_trash.for_user(user).trashed()
