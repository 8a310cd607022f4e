"""Makes a film once more, from its page: with newer words, or in another shape or look."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from videos import pipeline
from videos.forms.remake import RemakeForm
from videos.models import Video
from videos.views.requests import UserRequest


@require_POST
def remake_video(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Order another film like this one, and show it; a mistake leads back with a sentence."""
    videos = Video.objects.for_user(request.user).select_related("track", "owner")
    video = get_object_or_404(videos, pk=pk)
    form = RemakeForm(request.POST)
    if not form.is_valid() or not video.track.has_sound:
        messages.error(request, _("Such a film cannot be made of this song."))
        return redirect(video)
    takes_address = form.cleaned_data["takes_address"] and video.is_ready
    try:
        made, is_new = pipeline.remake(video, form.changes, takes_address=takes_address)
    except pipeline.QuotaReached as error:
        messages.error(request, str(error))
        return redirect(video)
    if not is_new:
        messages.info(request, _("This film is being made already."))
    elif takes_address:
        messages.success(request, _("It takes over the link as soon as it is ready."))
    return redirect(made)
