"""The lyrics of a shared video as files, to those who may see its page."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from videos.lyrics.captions import CAPTION_FORMATS
from videos.lyrics.timed_lyrics import film_lines
from videos.media.file_names import attachment_header
from videos.share.file_names import lyrics_file_name
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
