"""The part of an owner's page about who may watch a video, and its forms."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from videos.forms.sharing import DAYS, EndForm, PasswordForm, PermissionsForm, VisibilityForm
from videos.models import Video
from videos.share.addresses import page_url
from videos.share.audience import audience, is_shared
from videos.views.requests import UserRequest


def sharing_context(video: Video) -> dict[str, object]:
    """Return what ``videos/_sharing.html`` shows of ``video``."""
    return {
        "video": video,
        "share_url": page_url(video),
        "audience": audience(video),
        "is_shared": is_shared(video),
        "visibility_form": VisibilityForm(instance=video),
        "end_days": DAYS,
    }


@never_cache  # the answer may hold a password, which no browser should store
@require_POST
@sensitive_variables("password")
def set_visibility(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change who may open the share page; return htmx the fragment about it."""
    video = _get_video(request, pk)
    form = VisibilityForm(request.POST, instance=video)
    if not form.is_valid():
        messages.error(request, _("Choose who may watch the video."))
        return redirect(video)
    form.save()
    return _show_saved(request, video, is_saved=True, new_password=form.new_password)


@never_cache
@require_POST
@sensitive_post_parameters("password")
@sensitive_variables("password")
def set_password(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change the password that visitors enter: those who entered the last one do so again."""
    video = _get_video(request, pk)
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _show_error(request, video, "password", str(form.errors["password"][0]))
    password = form.cleaned_data["password"]
    video.set_password(password)
    return _show_saved(request, video, is_saved=True, new_password=password)


@require_POST
def set_end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change when sharing ends, or have it go on without an end."""
    video = _get_video(request, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        errors = next(iter(form.errors.values()))
        return _show_error(request, video, "end", str(errors[0]))
    form.save(video)
    return _show_saved(request, video, is_saved=True)


@require_POST
def set_permissions(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Change whether others may embed and download the video; return htmx the fragment about it."""
    video = _get_video(request, pk)
    form = PermissionsForm(request.POST, instance=video)
    if form.is_valid():  # which it always is: a box is ticked or not
        form.save()
    return _show_saved(request, video, are_permissions_saved=True)


def _show_saved(
    request: UserRequest, video: Video, *, new_password: str = "", **flags: bool
) -> HttpResponse:
    """Return the fragment, or lead browsers without scripts back to the page."""
    if request.htmx:
        context = sharing_context(video) | {"new_password": new_password, **flags}
        return render(request, "videos/_sharing.html", context)
    sentence = _("Saved. The password is %(password)s – it is not shown again.")
    text = sentence % {"password": new_password} if new_password else _("Saved.")
    messages.success(request, text)
    return redirect(video)


def _show_error(request: UserRequest, video: Video, name: str, error: str) -> HttpResponse:
    """Return the fragment with ``error`` at the form ``name``, or show it on the page."""
    if request.htmx:
        context = sharing_context(video) | {f"{name}_error": error}
        return render(request, "videos/_sharing.html", context)
    messages.error(request, error)
    return redirect(video)


def _get_video(request: UserRequest, pk: uuid.UUID) -> Video:
    videos = Video.objects.for_user(request.user).select_related("track__music_task")
    return get_object_or_404(videos, pk=pk)
