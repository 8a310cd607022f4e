"""Serves films, posters, songs and covers, to the same people who may see their pages."""

import logging
from collections.abc import Callable
from pathlib import PurePosixPath

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from videos import pipeline
from videos.media.serving import serve
from videos.models import Track, Video
from videos.payloads import film_urls as film_address
from videos.payloads import song_urls as song_address
from videos.providers.errors import ProviderError
from videos.share.file_names import film_file_name
from videos.views.indexing import allow_indexing_of
from videos.views.own_songs import get_track
from videos.views.requests import UserRequest
from videos.views.shared_videos import CACHE_CONTROL, get_visible_video

logger = logging.getLogger(__name__)

FETCH_TIMEOUT = 10.0  # seconds that a page waits for a vendor's file
RETRY_AFTER = 60  # seconds without a further attempt after a failure

AUDIO_TYPES = {
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".aac": "audio/aac",
    ".aiff": "audio/aiff",
    ".webm": "audio/webm",
}


@login_not_required
@require_safe
def film(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the film; with ``?download=1`` a browser saves it under the video's title.

    Visitors may do that only where the owner allows it.
    """
    video = get_visible_video(request, slug)
    is_download = bool(request.GET.get("download"))
    if is_download and not (video.download_allowed or video.owner_id == request.user.pk):
        raise Http404
    if video.is_awaiting_copy:  # until the film is ours, its vendor plays it
        return HttpResponseRedirect(video.vendor_url, headers={"Cache-Control": "no-store"})
    save_as = film_file_name(video) if is_download else ""
    response = serve(
        request, video.film, content_type="video/mp4", cache=CACHE_CONTROL, save_as=save_as
    )
    return allow_indexing_of(response, video)


@login_not_required
@require_safe
def api_film(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the film to clients of the API, which have its address; its page may be private."""
    video = get_object_or_404(Video.objects.with_published_film(), pk=film_address.video_id(token))
    return serve(request, video.film, content_type="video/mp4", cache=CACHE_CONTROL)


@login_not_required
@require_safe
def api_audio(request: HttpRequest, token: str, suffix: str) -> HttpResponseBase:
    """Send a song to clients of the API, which have its address."""
    track = get_object_or_404(Track.objects.published(), pk=song_address.track_id(token))
    return serve(request, track.audio, content_type=_audio_type(track), cache=CACHE_CONTROL)


@login_not_required
@require_safe
def api_cover(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send a song's cover to clients of the API, which have its address."""
    track = get_object_or_404(Track.objects.published(), pk=song_address.track_id(token))
    return serve(request, track.cover, content_type="image/jpeg", cache=CACHE_CONTROL)


@login_not_required
@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send the poster frame of the film."""
    video = get_visible_video(request, slug)
    response = serve(request, video.poster, content_type="image/jpeg", cache=CACHE_CONTROL)
    return allow_indexing_of(response, video)


@login_not_required
@require_safe
def film_part(request: HttpRequest, slug: str, column: str, content_type: str) -> HttpResponseBase:
    """Send one of the small files of a film: a picture, or its teaser."""
    video = get_visible_video(request, slug)
    stored = getattr(video, column)
    response = serve(request, stored, content_type=content_type, cache=CACHE_CONTROL)
    return allow_indexing_of(response, video)


@require_safe
def song_thumbnail(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send the small picture of a song's cover to its owner."""
    track = get_track(request, pk)
    return serve(request, track.thumbnail, content_type="image/webp", cache=CACHE_CONTROL)


@require_safe
def song_audio(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send a song to its owner."""
    track = get_track(request, pk)
    if not track.audio:
        _fetch_or_404(pipeline.store_audio, track)
    return serve(request, track.audio, content_type=_audio_type(track), cache=CACHE_CONTROL)


@require_safe
def song_cover(request: UserRequest, pk: int) -> HttpResponseBase:
    """Send a song's cover to its owner."""
    track = get_track(request, pk)
    if not track.cover:
        _fetch_or_404(pipeline.store_cover, track)
    return serve(request, track.cover, content_type="image/jpeg", cache=CACHE_CONTROL)


def _audio_type(track: Track) -> str:
    suffix = PurePosixPath(str(track.audio.name)).suffix
    return AUDIO_TYPES.get(suffix, "application/octet-stream")


def _fetch_or_404(fetch: Callable[..., None], track: Track) -> None:
    """Copy a file that only the song's vendor has, so that pages load nothing from elsewhere.

    Files from addresses that people gave are fetched by workers only, because such a server could
    keep all our threads waiting. After a failure, a vendor is not asked again for a while.
    """
    failure_key = f"fetch-failed:{fetch.__name__}:{track.pk}"
    if track.music_task.is_uploaded or cache.get(failure_key):
        raise Http404
    try:
        fetch(track, timeout=FETCH_TIMEOUT)
    except ProviderError as error:
        logger.info("Track %s: %s", track.pk, error)
        cache.set(failure_key, 1, RETRY_AFTER)
        raise Http404 from error
