"""The page of one video for its owner: its progress, and the actions on it."""

import json
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from videos import pipeline
from videos.forms.remake import other_films
from videos.forms.report import AnswerForm
from videos.forms.vendor import AdoptForm, RetryForm
from videos.lyrics.timed_lyrics import film_lines
from videos.models import Review, Video
from videos.models.video_queryset import VideoQuerySet
from videos.outbound.addresses import site_is_public
from videos.share.post_kit import post_kit
from videos.share.view_chart import view_chart
from videos.statuses import VideoStatus
from videos.views import live_status
from videos.views.csp import allow_vendor_film
from videos.views.requests import UserRequest
from videos.views.video_sharing import sharing_context

MAX_SIBLINGS = 12  # other films of the song that the page lists


@require_safe
def video_detail(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a video, its progress and its history to its owner."""
    video = _get_video_with_position(request, pk)
    review = Review.objects.for_owner(video)
    context = (
        _context(video)
        | sharing_context(video)
        | {
            "events": video.events.all(),
            "record": _format_record(video),
            "review": review,
            "views": view_chart(video) if video.is_ready else None,
            "answer_form": AnswerForm(
                {"answer": review.answer} if review and review.answer else None
            ),
        }
    )
    page = render(request, "videos/video_detail.html", context)
    return allow_vendor_film(page, video)


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def video_status(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Answer a poll by the page: the fragment if something changed, otherwise 204."""
    video = _get_video_with_position(request, pk)
    if not request.htmx:
        return redirect(video)
    if not video.is_rendered_here and not video.is_final:
        pipeline.refresh_from_vendor(video)
    if video.is_awaiting_copy and request.GET.get("at") == VideoStatus.PENDING:
        # The policy of the loaded page does not allow the vendor's film: it was not known then
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.GET.get("v") == live_status.version(video):
        return live_status.nothing_changed(request)
    return render(request, "videos/_video_status.html", _context(video))


@require_POST
def cancel_video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel a video in the making."""
    video = _get_video(request, pk)
    if pipeline.cancel(video):
        messages.success(request, _("The video was cancelled."))
    return redirect(video)


@require_POST
def retry_video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Order a failed video once more, from another provider if one is named."""
    video = _get_video(request, pk)
    form = RetryForm(request.POST, video.track)
    if not form.is_valid():
        messages.error(request, _("This provider cannot make a film of this song."))
    elif pipeline.retry(video, form.cleaned_data["provider"]):
        messages.success(request, _("The video is being made again."))
    elif video.failure:
        messages.info(request, _("You have another video of this song at this vendor."))
    return redirect(video)


@require_POST
def adopt_vendor_task(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Poll a vendor's video task whose id the creator gives."""
    video = _get_video(request, pk)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["vendor_task_id"][0]))
    elif pipeline.adopt_vendor_task(video, form.cleaned_data["vendor_task_id"]):
        messages.success(request, _("The vendor is asked for this video now."))
    return redirect(video)


@require_POST
def delete_video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a video into the trash; one without a film is deleted for good."""
    if pipeline.move_to_trash(_get_video(request, pk)):
        return redirect(reverse("videos:library", query={"deleted": pk}))
    messages.success(request, _("The video was deleted."))
    return redirect("videos:library")


def _get_video(request: UserRequest, pk: uuid.UUID) -> Video:
    return get_object_or_404(_videos_of(request), pk=pk)


def _get_video_with_position(request: UserRequest, pk: uuid.UUID) -> Video:
    return get_object_or_404(_videos_of(request).with_queue_position(), pk=pk)


def _videos_of(request: UserRequest) -> "VideoQuerySet[Video]":
    return Video.objects.for_user(request.user).select_related("track__music_task")


def _context(video: Video) -> dict[str, object]:
    context = live_status.progress_context(video)
    if video.is_ready:
        context["kit"] = post_kit(video)
        context["lines"] = film_lines(video)
        context["other_formats"], context["other_looks"] = other_films(video)
        siblings = Video.objects.for_user(video.owner).filter(track=video.track)
        context["siblings"] = siblings.select_related("track")[:MAX_SIBLINGS]
    if video.is_final and not video.film:
        able = pipeline.providers_for(video.track)
        context["others"] = [each for each in able if each.key != video.provider]
        is_able = video.provider in {each.key for each in able}
        context["can_retry"] = video.is_rendered_here or is_able
        context["may_exist_at_vendor"] = video.may_exist_at_vendor
        context["adopt_form"] = AdoptForm()
    elif not video.is_rendered_here:
        context["is_reachable"] = site_is_public()
    return context


def _format_record(video: Video) -> str:
    """Return the vendor's last record as indented JSON, "" where there is none."""
    if video.vendor_record is None:
        return ""
    return json.dumps(video.vendor_record, indent=2, ensure_ascii=False)
