"""Films, posters, songs and covers, to those who may see them: the rules of the pages hold."""

import logging
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from videos import pipeline
from videos.media.serving import serve
from videos.models import Track, Video
from videos.payloads import film_urls as film_address
from videos.payloads import song_urls as song_address
from videos.providers.errors import ProviderError
from videos.statuses import Visibility
from videos.views.requests import UserRequest

logger = logging.getLogger(__name__)

PATIENCE, LEFT_ALONE = 10.0, 60  # seconds that a page waits for a vendor's file, and after that

# Whoever keeps a copy asks each time whether they may still use it
OWN, SHARED = "private, no-cache", "public, no-cache"

AUDIO_TYPES = {
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
}
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')


@login_not_required
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # previews frame bare films
@xframe_options_exempt
@require_safe
def film(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the film; with ``?download=1`` a browser saves it under the video's title."""
    video = _visible(request, slug)
    if video.awaits_copy:  # until the film is ours, its vendor plays it
        return HttpResponseRedirect(video.vendor_url, headers={"Cache-Control": "no-store"})
    save_as = _file_name(video) if request.GET.get("download") else ""
    return serve(
        request, video.film, content_type="video/mp4", cache=_cache(video), save_as=save_as
    )


@login_not_required
@require_safe
def wire_film(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the film to programs that were told its address, whoever may open its page."""
    video = get_object_or_404(Video.objects.with_told_film(), pk=film_address.video_id(token))
    return serve(request, video.film, content_type="video/mp4", cache=OWN)


@login_not_required
@require_safe
def wire_audio(request: HttpRequest, token: str, suffix: str) -> HttpResponseBase:
    """Send a song to programs that were told its address."""
    track = get_object_or_404(Track, pk=song_address.track_id(token))
    return serve(request, track.audio, content_type=_audio_type(track), cache=OWN)


@login_not_required
@require_safe
def wire_cover(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send a song's cover to programs that were told its address."""
    track = get_object_or_404(Track, pk=song_address.track_id(token))
    return serve(request, track.cover, content_type="image/jpeg", cache=OWN)


@login_not_required
@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the picture that stands for the film."""
    video = _visible(request, slug)
    return serve(request, video.poster, content_type="image/jpeg", cache=_cache(video))


@require_safe
def song_audio(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send a song to its owner."""
    track = _mine(request, pk)
    if not track.audio:
        _bring_home(pipeline.bring_audio_home, track)
    return serve(request, track.audio, content_type=_audio_type(track), cache=OWN)


@require_safe
def song_cover(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send a song's cover to its owner."""
    track = _mine(request, pk)
    if not track.cover:
        _bring_home(pipeline.bring_cover_home, track)
    return serve(request, track.cover, content_type="image/jpeg", cache=OWN)


def _audio_type(track: Track) -> str:
    suffix = PurePosixPath(str(track.audio.name)).suffix
    return AUDIO_TYPES.get(suffix, "application/octet-stream")


def _mine(request: UserRequest, pk: int) -> Track:
    mine = Track.objects.for_user(request.user).select_related("music_task")
    return get_object_or_404(mine, pk=pk)


def _bring_home(bring: Callable[..., None], track: Track) -> None:
    """Copy what only the song's vendor has, so that pages need nothing from elsewhere.

    What somebody gave the address of is fetched by workers alone: a server of their own could
    keep all our threads waiting. A vendor's that did not answer is left alone for a while.
    """
    failed = f"not-brought:{bring.__name__}:{track.pk}"
    if track.music_task.is_uploaded or cache.get(failed):
        raise Http404
    try:
        bring(track, patience=PATIENCE)
    except ProviderError as error:
        logger.info("Track %s: %s", track.pk, error)
        cache.set(failed, 1, LEFT_ALONE)
        raise Http404 from error


def _visible(request: HttpRequest, slug: str) -> Video:
    visible = Video.objects.visible_to(request.user).select_related("track")
    return get_object_or_404(visible, slug=slug)


def _cache(video: Video) -> str:
    return SHARED if video.visibility == Visibility.PUBLIC else OWN


def _file_name(video: Video) -> str:
    """Return the name of the film as a file, which tells it from others of the same song."""
    name = f"{video.title} – {video.author}" if video.author else str(video.title)
    name = _NOT_IN_NAMES.sub(" ", name).strip(" .")[:120] or "video"
    if video.is_rendered_here:
        name += f" ({video.get_look_display()} {video.format.replace(':', 'x')})"
    return f"{name}.mp4"
