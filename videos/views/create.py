"""Ordering a new video."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from videos.forms.video import VideoForm
from videos.views.request import UserRequest


@never_cache  # so that the back button brings a fresh form token
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Choose a song and say how its video is to look; ``?song=`` chooses it beforehand."""
    if request.method == "POST":
        form = VideoForm(request.user, request.POST)
        if form.is_valid():
            return redirect(form.order())
    else:
        form = VideoForm(request.user, song=request.GET.get("song", ""))
    return render(request, "videos/video_new.html", {"form": form, "songs": form.songs})
