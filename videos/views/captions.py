"""The lyrics of a shared video as files, to those who may see its page; of a song, to its owner."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import conditional_page, require_safe

from videos.lyrics.captions import CAPTION_FORMATS, EXPORT_FORMATS
from videos.lyrics.timed_lyrics import film_lines, timed_lines
from videos.media.file_names import attachment_header, safe_file_name
from videos.models import Track
from videos.share.file_names import lyrics_file_name
from videos.views.requests import UserRequest
from videos.views.shared_videos import CACHE_CONTROL, get_visible_video


@login_not_required
@require_safe
@conditional_page
def lyrics_file(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """Send the timed lyrics in the format of ``suffix``; a browser saves them under the title."""
    video = get_visible_video(request, slug)
    lines = film_lines(video)
    if not video.is_ready or not lines:
        raise Http404
    headers = {
        "Content-Disposition": attachment_header(lyrics_file_name(video, suffix)),
        "Cache-Control": CACHE_CONTROL,
    }
    file = CAPTION_FORMATS[suffix]
    return HttpResponse(file.write(lines), content_type=file.content_type, headers=headers)


@require_safe
def export_lyrics(request: UserRequest, pk: int, suffix: str) -> HttpResponse:
    """Send the timed lyrics of a song to its owner, in the format of ``suffix``."""
    track = get_object_or_404(Track.objects.for_user(request.user), pk=pk)
    lines = timed_lines(track)
    if not lines:
        raise Http404
    name = safe_file_name(track.title, f".{suffix}", "lyrics")
    headers = {"Content-Disposition": attachment_header(name), "Cache-Control": "no-store"}
    file = EXPORT_FORMATS[suffix]
    return HttpResponse(file.write(lines), content_type=file.content_type, headers=headers)
