"""Counting views: once a viewer a length of the film, without a cookie.

A viewer is a hash of the address, the browser's name, the video and the day, with the site's key.
Nobody can follow it from day to day or from video to video, and it is deleted when the film would
be over.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from videos import clock
from videos.accounts.log_ins import network_of
from videos.models import RecentViewer, Video, ViewCount
from videos.share.bots import is_bot
from videos.share.reports import network_digest

MIN_LENGTH = 10.0  # seconds between two views of one viewer, however short the film is


def count_view(request: HttpRequest, video: Video, place: ViewCount.Place) -> bool:
    """Count that a visitor plays ``video``; return whether it is a view.

    It is none by its owner, by a program, by a page of another site, and within a length of the
    one before.
    """
    if video.owner_id == request.user.pk or is_bot(request) or _is_from_elsewhere(request):
        return False
    day = timezone.localdate()
    viewer = f"{network_of(request)} {request.headers.get('User-Agent', '')}"
    until = clock.now() + timedelta(seconds=max(MIN_LENGTH, video.duration or 0))
    film = f"{day} {video.pk.hex}"
    network = _digest(f"{film} {network_digest(request)}")
    if not RecentViewer.objects.admit(_digest(f"{film} {viewer}"), network, until):
        return False
    ViewCount.objects.add(video, place, day)
    return True


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Return whether a page of another site sent it: only our pages and players do."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"


def _digest(text: str) -> str:
    return salted_hmac("videos.share.viewers", text).hexdigest()[:32]
