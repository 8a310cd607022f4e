"""The library: a creator's videos, the films of one song as one stack."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos import keyset, pipeline
from videos.forms.bulk import VISIBILITIES
from videos.forms.filters import VideoFilter
from videos.models import Track, Video
from videos.models.stacks import firsts, stacks, tops
from videos.pipeline.rations import SEARCHES
from videos.views.paging import page_size
from videos.views.requests import UserRequest
from videos.views.trash import deletion, trashed_videos

MAX_MATCHING = 500  # rows that are counted: they may have to be compared one by one


@require_safe
def library(request: UserRequest) -> HttpResponse:
    """Show the videos of the person, with search, filters and order of the query string.

    The films of one song are a stack, unless ``song`` names the one whose films are listed.
    """
    if request.GET.get("q"):
        SEARCHES.spend(request.user)
    videos = Video.objects.for_user(request.user)
    form = VideoFilter(request.GET)
    matching = form.narrow(videos.select_related("track"))
    one_a_song = tops if form.order.descending or form.order.field != "created_at" else firsts
    shown = matching if form.song_pk else one_a_song(matching)
    page = keyset.fetch_page(shown, form.order, request.GET.get("after", ""), page_size(request))
    in_trash = trashed_videos(request.user).count()
    # All rows of the person are counted in an index, which those of the trash are in, too
    total = keyset.count_rows(Video.with_trash.for_user(request.user)).less(in_trash)
    context = {
        "stacks": stacks(page.rows, matching, is_flat=bool(form.song_pk)),
        "next_page": page.next,
        "form": form,
        "total": total,
        "matching": keyset.count_rows(matching, MAX_MATCHING) if form.is_narrowing else total,
        "pending": videos.pending().count(),
        "song": _song(request, form.song_pk),
        "bulk_visibilities": [(each.value, each.label) for each in VISIBILITIES],
        "trash_total": in_trash,
        **deletion(request),
    }
    return render(request, "videos/video_list.html", context)


@never_cache
@require_safe
def storage(request: UserRequest) -> HttpResponse:
    """Return the fragment about the storage of the person: it adds all files up."""
    return render(request, "videos/_storage.html", {"storage": pipeline.storage(request.user)})


def _song(request: UserRequest, pk: int) -> Track | None:
    """Return the song whose films are listed, None for all songs."""
    return Track.objects.for_user(request.user).filter(pk=pk).first() if pk else None
