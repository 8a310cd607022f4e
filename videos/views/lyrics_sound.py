"""What the lyrics editor hears of a song: its wave, and a guess of when its lines are sung."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from videos.lyrics.editor_lines import to_items
from videos.lyrics.guessed_lines import guessed_lines
from videos.media.song_wave import song_wave
from videos.pipeline.song_analysis import ensure_analysed
from videos.views.own_songs import get_track
from videos.views.requests import UserRequest

POLL_SECONDS = 2  # after which a page asks again for a song that is being analysed
CACHE_CONTROL = "private, max-age=86400"


@require_safe
def wave(request: UserRequest, pk: int) -> HttpResponse:
    """Return the wave of a song, a byte for each fiftieth of a second.

    202 while the song is being analysed, 404 where its sound is not here.
    """
    track = get_track(request, pk)
    if not track.audio:
        raise Http404
    data = song_wave(track)
    if data is None:
        ensure_analysed(track)
        return HttpResponse(status=202, headers={"Retry-After": str(POLL_SECONDS)})
    headers = {"Cache-Control": CACHE_CONTROL}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@require_safe
def guess(request: UserRequest, pk: int) -> HttpResponse:
    """Return the lines of a song with times guessed from its sound, 204 where there is no guess."""
    track = get_track(request, pk)
    lines = guessed_lines(track)
    if lines is None:
        return HttpResponse(status=204)
    return JsonResponse({"lines": to_items(lines)})
