"""The songs that the form of a new video offers: the newest first, searched and paged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos import keyset
from videos.forms.fields import parse_pk
from videos.forms.filters import NEWEST, SongFilter
from videos.forms.video import VideoForm
from videos.models import Track
from videos.pipeline.rations import SEARCHES
from videos.views.requests import UserRequest


@never_cache
@require_safe
def song_choices(request: UserRequest) -> HttpResponse:
    """Return the fragment with the songs that match ``q``, from the cursor ``after`` on."""
    if request.GET.get("q"):
        SEARCHES.spend(request.user)
    form = VideoForm(request.user, song=request.GET.get("song", ""))
    return render(request, "videos/_song_choices.html", picker_context(request, form))


def picker_context(request: HttpRequest, form: VideoForm) -> dict[str, object]:
    """Return one page of songs, with the song that is selected, wherever it stands in the list."""
    songs = SongFilter(request.GET).narrow(form.songs)
    after = request.GET.get("after", "")
    page = keyset.fetch_page(songs, NEWEST, after)
    selected = _selected(form)
    rows = page.rows
    if selected and not after:
        rows = [selected, *(row for row in rows if row != selected)]
    return {
        "songs": rows,
        "next_songs": page.next,
        "selected_song": selected.pk if selected else (rows[0].pk if rows and not after else 0),
        "song_query": request.GET.get("q", ""),
        "is_first_page": not after,
    }


def _selected(form: VideoForm) -> Track | None:
    pk = parse_pk(str(form["song"].value() or ""))
    return form.songs.filter(pk=pk).first() if pk else None
