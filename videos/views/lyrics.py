"""The lyrics editor of a song: its page, its saves, and the versions that can be brought back."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from videos.forms.lyrics_edit import KEEP_MINE, KEEP_THEIRS, LEAVING, LyricsEditForm
from videos.forms.lyrics_text import LyricsTextForm
from videos.lyrics.editor_lines import to_items
from videos.lyrics.timed_lyrics import lyrics_warnings, timed_lines
from videos.media.song_wave import WAVE_RATE
from videos.models import LyricsConflict, LyricsState, LyricsVersion, Origin, Track
from videos.providers.registry import vendor
from videos.render.lyrics import placed_share
from videos.views.own_songs import get_track, is_valid_upload
from videos.views.requests import UserRequest
from videos.views.uploads import takes_files

MAX_LISTED_VERSIONS = 50
MAX_VERSION_DIGITS = 9  # of a number that fits into its column
RATES = (
    {"value": "1", "label": "1×"},
    {"value": "0.75", "label": "¾×"},
    {"value": "0.5", "label": "½×"},
)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def edit_lyrics(request: UserRequest, pk: int) -> HttpResponse:
    """Show the editor; a post gives the song other words, of a text or a file."""
    track = get_track(request, pk)
    form = LyricsTextForm(track)
    if request.method == "POST":
        form = LyricsTextForm(track, request.POST, request.FILES)
        if is_valid_upload(form, request.user) and form.save():
            messages.success(request, _("Saved."))
            for sentence in lyrics_warnings(track):
                messages.warning(request, sentence)
            return redirect("videos:song_lyrics", pk)
    lines = timed_lines(track)
    context = {
        "track": track,
        "form": form,
        "items": to_items(lines),
        "vendor": vendor(track.music_task.provider),
        "placed_share": placed_share(track.active_aligned_words),
        "rates": RATES,
        "wave_rate": WAVE_RATE,
        "versions": track.lyrics_versions.defer("lyrics")[:MAX_LISTED_VERSIONS],
    }
    return render(request, "songs/lyrics_editor.html", context)


@require_POST
def save_lyrics(request: UserRequest, pk: int) -> HttpResponse:
    """Save what the editor sends as a new version; answer with its number.

    409 with the newest lines where others were saved meanwhile. The person then chooses; the words
    that are not chosen become a version, too.
    """
    track = get_track(request, pk)
    form = LyricsEditForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": form.sentence}, status=400)
    keep = form.cleaned_data["keep"]
    expected = None if keep == KEEP_MINE else form.cleaned_data["version"]
    try:
        if keep == KEEP_THEIRS:
            raise LyricsConflict(track.lyrics_version)
        number = LyricsVersion.objects.save_state(track, form.state, Origin.EDITED, expected)
    except LyricsConflict:
        track.refresh_from_db()
        if keep in {KEEP_THEIRS, LEAVING}:
            _set_aside(track, form.state)
        return JsonResponse(_present(track), status=200 if keep == KEEP_THEIRS else 409)
    return JsonResponse({"version": number, "warnings": lyrics_warnings(track)})


def _set_aside(track: Track, state: LyricsState) -> None:
    """Make ``state`` a version, and the lyrics of ``track`` what they are."""
    present = LyricsState.of(track)
    LyricsVersion.objects.save_state(track, state, Origin.SET_ASIDE)
    LyricsVersion.objects.save_state(track, present, Origin.RESTORED)


@require_POST
def use_vendor_times(request: UserRequest, pk: int) -> HttpResponse:
    """Go back to the word times of the song's vendor, which were fetched before."""
    track = get_track(request, pk)
    if not track.aligned_words:
        raise Http404
    state = replace(LyricsState.of(track), lyrics_offset=0, use_aligned_words=True)
    LyricsVersion.objects.save_state(track, state, Origin.VENDOR)
    return redirect("videos:song_lyrics", pk)


@require_POST
def restore_lyrics(request: UserRequest, pk: int) -> HttpResponse:
    """Bring an earlier version of the lyrics back, as a new one."""
    track = get_track(request, pk)
    number = request.POST.get("version", "")
    if not number.isdecimal() or len(number) > MAX_VERSION_DIGITS:
        raise Http404
    version = get_object_or_404(track.lyrics_versions, number=number)
    LyricsVersion.objects.save_state(track, LyricsState.of(version), Origin.RESTORED)
    messages.success(request, _("Version %(number)s is back.") % {"number": version.number})
    return redirect("videos:song_lyrics", pk)


def _present(track: Track) -> dict[str, object]:
    """Return the lyrics of ``track`` as they are now, for the editor."""
    return {"version": track.lyrics_version, "lines": to_items(timed_lines(track))}
