"""One video of a creator: watched while it is made, and what can be done with it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from videos import production, progress, sharing
from videos.forms.video import VisibilityForm
from videos.models import Video
from videos.views.request import UserRequest


@require_safe
def video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a video, its progress and its history to its owner."""
    shown = _mine_with_place(request, pk)
    return render(
        request,
        "videos/video_detail.html",
        _context(shown) | {"events": shown.events.all()},
    )


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def status(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer the page's question for news: the fragment, or 204 and when to ask again."""
    shown = _mine_with_place(request, pk)
    if not request.htmx:
        return redirect(shown)
    if request.GET.get("v") == progress.version(shown):
        again = progress.ask_again(request.GET.get("since", ""))
        return HttpResponse(status=204, headers={"HX-Trigger": f"again-{again}"})
    return render(request, "videos/_video_status.html", _context(shown))


@require_POST
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop a video in the making."""
    stopped = _mine(request, pk)
    if production.cancel(stopped):
        messages.success(request, _("The video was cancelled."))
    return redirect(stopped)


@require_POST
def retry(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Order a failed video once more."""
    again = _mine(request, pk)
    if production.try_again(again):
        messages.success(request, _("The video is being made again."))
    return redirect(again)


@require_POST
def delete(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a video and its files."""
    production.remove(_mine(request, pk))
    messages.success(request, _("The video was deleted."))
    return redirect("videos:library")


@require_POST
def visibility(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change who may open the share page."""
    changed = _mine(request, pk)
    form = VisibilityForm(request.POST, instance=changed)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose who may watch the video."))
    return redirect(changed)


def _mine(request: UserRequest, pk: uuid.UUID) -> Video:
    return get_object_or_404(Video.objects.for_user(request.user), pk=pk)


def _mine_with_place(request: UserRequest, pk: uuid.UUID) -> Video:
    mine = Video.objects.for_user(request.user).with_place().select_related("track")
    return get_object_or_404(mine, pk=pk)


def _context(video: Video) -> dict[str, object]:
    return {
        "video": video,
        "version": progress.version(video),
        "poll": None if video.is_final else progress.FIRST_POLL,
        "status_url": progress.status_url(video),
        "share_url": sharing.page_url(video),
        "visibility_form": VisibilityForm(instance=video),
    }
