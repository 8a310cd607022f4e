"""The library: a creator's videos."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from videos import keyset
from videos.forms.filters import VideoFilter
from videos.models import Video
from videos.pipeline.rations import SEARCHES
from videos.views.requests import UserRequest
from videos.views.trash import trashed_videos


@require_safe
def library(request: UserRequest) -> HttpResponse:
    """Show the videos of the person, with search, filters and order of the query string."""
    if request.GET.get("q"):
        SEARCHES.spend(request.user)
    videos = Video.objects.for_user(request.user)
    form = VideoFilter(request.GET)
    matching = form.narrow(videos.select_related("track"))
    page = keyset.fetch_page(matching, form.order, request.GET.get("after", ""))
    context = {
        "videos": page.rows,
        "next_page": page.next,
        "form": form,
        "total": videos.count(),
        "deleted": _deleted_video(request),
        "trash_total": trashed_videos(request.user).count(),
    }
    return render(request, "videos/video_list.html", context)


def _deleted_video(request: UserRequest) -> Video | None:
    """Return the video that was put into the trash a moment ago, which can be taken back."""
    try:
        pk = uuid.UUID(request.GET.get("deleted", ""))
    except ValueError:
        return None
    return trashed_videos(request.user).filter(pk=pk).select_related("track").first()
