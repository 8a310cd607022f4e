"""One video of a creator: watched while it is made, and what can be done with it."""

import json
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from videos import pipeline
from videos.forms.vendor import AdoptForm, RetryForm
from videos.forms.video import VisibilityForm
from videos.models import Video
from videos.outbound.addresses import site_is_public
from videos.share import preview_card
from videos.statuses import VideoStatus
from videos.views import live_status
from videos.views.csp import let_play
from videos.views.requests import UserRequest


@require_safe
def video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a video, its progress and its history to its owner."""
    shown = _mine_with_place(request, pk)
    page = render(
        request,
        "videos/video_detail.html",
        _context(shown) | {"events": shown.events.all(), "record": _record(shown)},
    )
    return let_play(page, shown)


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def status(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer the page's question for news: the fragment, or 204 and when to ask again."""
    shown = _mine_with_place(request, pk)
    if not request.htmx:
        return redirect(shown)
    if not shown.is_rendered_here and not shown.is_final:
        pipeline.refresh(shown)
    if shown.awaits_copy and request.GET.get("at") == VideoStatus.PENDING:
        # The page was made before anybody knew where the film would be, and may not play it
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.GET.get("v") == live_status.version(shown):
        again = live_status.ask_again(request.GET.get("since", ""))
        return HttpResponse(status=204, headers={"HX-Trigger": f"again-{again}"})
    return render(request, "videos/_video_status.html", _context(shown))


@require_POST
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop a video in the making."""
    stopped = _mine(request, pk)
    if pipeline.cancel(stopped):
        messages.success(request, _("The video was cancelled."))
    return redirect(stopped)


@require_POST
def retry(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Order a failed video once more, with another provider if so wanted."""
    again = _mine(request, pk)
    form = RetryForm(request.POST, again.track)
    if not form.is_valid():
        messages.error(request, _("This provider cannot make a film of this song."))
    elif pipeline.try_again(again, form.cleaned_data["provider"]):
        messages.success(request, _("The video is being made again."))
    elif again.failure:
        messages.info(request, _("You have another video of this song at this vendor."))
    return redirect(again)


@require_POST
def adopt(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Follow a vendor's video task whose id the creator found there."""
    found = _mine(request, pk)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["vendor_task_id"][0]))
    elif pipeline.adopt(found, form.cleaned_data["vendor_task_id"]):
        messages.success(request, _("The vendor is asked for this video now."))
    return redirect(found)


@require_POST
def delete(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a video and its files."""
    pipeline.remove(_mine(request, pk))
    messages.success(request, _("The video was deleted."))
    return redirect("videos:library")


@require_POST
def visibility(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change who may open the share page; answer htmx with the part of the page that tells it."""
    changed = _mine(request, pk)
    form = VisibilityForm(request.POST, instance=changed)
    if form.is_valid():
        form.save()
        if request.htmx:
            sharing_now = _sharing_context(changed) | {"is_saved": True}
            return render(request, "videos/_sharing.html", sharing_now)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose who may watch the video."))
    return redirect(changed)


def _mine(request: UserRequest, pk: uuid.UUID) -> Video:
    mine = Video.objects.for_user(request.user).select_related("track__music_task")
    return get_object_or_404(mine, pk=pk)


def _mine_with_place(request: UserRequest, pk: uuid.UUID) -> Video:
    mine = Video.objects.for_user(request.user).with_place().select_related("track__music_task")
    return get_object_or_404(mine, pk=pk)


def _context(video: Video) -> dict[str, object]:
    context = {
        "version": live_status.version(video),
        "poll": live_status.FIRST_POLL if video.moves else None,
        "status_url": live_status.status_url(video),
        **_sharing_context(video),
    }
    if video.is_final and not video.film:
        others = pipeline.providers_for(video.track)
        context["others"] = [each for each in others if each.key != video.provider]
        able = {each.key for each in others}
        context["same"] = video.is_rendered_here or video.provider in able
        context["looks_there"] = video.is_at_large
        context["adopt_form"] = AdoptForm()
    elif not video.is_rendered_here:
        context["is_reachable"] = site_is_public()
    return context


def _sharing_context(video: Video) -> dict[str, object]:
    return {
        "video": video,
        "share_url": preview_card.page_url(video),
        "visibility_form": VisibilityForm(instance=video),
    }


def _record(video: Video) -> str:
    """Return the vendor's last answer as people can read it, "" where there is none."""
    if video.vendor_record is None:
        return ""
    return json.dumps(video.vendor_record, indent=2, ensure_ascii=False)
