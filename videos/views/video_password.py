"""The page that visitors of a video with a password get until they have entered it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from videos.forms.video_password import VideoPasswordForm
from videos.models import Video
from videos.share.password import remember


def enter_password(request: HttpRequest, video: Video) -> HttpResponse:
    """Ask for the password, and lead whoever knows it to the page; it tells nothing else."""
    data = request.POST if request.method == "POST" else None
    form = VideoPasswordForm(request, video, data)
    if form.is_valid():
        response = redirect(request.get_full_path())
        remember(response, video)
        return response
    return render(request, "share/password.html", {"form": form})
