"""The page by which visitors report a shared video, and the owner's answer."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from videos.forms.report import AnswerForm, ReportForm
from videos.models import Review, Video
from videos.share import reports
from videos.views.requests import UserRequest
from videos.views.shared_videos import get_visible_video


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a report on a video that the visitor may watch; no account is needed."""
    video = get_visible_video(request, slug)
    if video.owner_id == request.user.pk:
        return redirect(video)
    form = ReportForm(request.POST if request.method == "POST" else None)
    is_sent = form.is_valid()
    if is_sent and not form.is_from_program:
        data = form.cleaned_data
        reports.send_report(request, video, data["reason"], data["note"])
    context = {"video": video, "form": form, "is_sent": is_sent}
    return render(request, "share/report.html", context)


@require_POST
def answer_reports(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Store what the owner of a reported video has to say to the operators."""
    video = get_object_or_404(Video.objects.for_user(request.user), pk=pk)
    review = Review.objects.for_owner(video)
    form = AnswerForm(request.POST)
    if review is None or not form.is_valid():
        messages.error(request, _("Write an answer of at most 1000 characters."))
    else:
        reports.send_answer(review, form.cleaned_data["answer"])
        messages.success(request, _("The operators have your answer."))
    return redirect(video)
