"""A creator's songs."""

import logging

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from videos import keyset, pipeline
from videos.demo.setup import make_song
from videos.forms.filters import SongFilter
from videos.forms.song import SongEditForm, SongUploadForm
from videos.lyrics.timed_lyrics import timed_lines
from videos.models import Track
from videos.providers.errors import ProviderError
from videos.providers.registry import vendor
from videos.render.audio.decoding import AudioInfo
from videos.templatetags.portal import clock
from videos.views.requests import UserRequest

logger = logging.getLogger(__name__)


@require_safe
def songs(request: UserRequest) -> HttpResponse:
    """Show the songs of the person, the newest first."""
    mine = Track.objects.for_user(request.user)
    form = SongFilter(request.GET)
    found = form.narrow(mine.select_related("music_task"))
    page = keyset.page(found, form.order, request.GET.get("after", ""))
    context = {
        "tracks": page.rows,
        "next_page": page.next,
        "form": form,
        "total": mine.count(),
    }
    return render(request, "songs/track_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Bring a song; it goes on to its first video."""
    if request.method == "POST":
        form = SongUploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                track = form.save(request.user)
                info = form.cleaned_data["audio"].info
                if info.is_cut_short:
                    messages.warning(request, _cut_short(info))
                return redirect(reverse("videos:new", query={"song": track.pk}))
            except pipeline.QuotaReached as error:
                form.add_error(None, str(error))
            except OSError:
                logger.exception("A song could not be kept")
                form.add_error(None, _("This site has no room for files at the moment. Try later."))
    else:
        form = SongUploadForm()
    return render(request, "songs/track_form.html", {"form": form})


@require_POST
def demo(request: UserRequest) -> HttpResponse:
    """Lend our song to somebody who has none yet, and go on to its first video."""
    track = Track.objects.for_user(request.user).first() or make_song(request.user)
    return redirect(reverse("videos:new", query={"song": track.pk}))


@require_http_methods(["GET", "HEAD", "POST"])
def song(request: UserRequest, pk: int) -> HttpResponse:
    """Show a song with its lyrics and videos, and correct what is known of it."""
    track = _mine(request, pk)
    if request.method == "POST":
        form = SongEditForm(request.POST, request.FILES, instance=_mine(request, pk))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("videos:song", form.save().pk)
    else:
        form = SongEditForm(instance=track)
    context = {
        "track": track,
        "lines": timed_lines(track),
        "videos": track.videos.select_related("track"),
        "form": form,
        "vendor": vendor(track.music_task.provider),
    }
    return render(request, "songs/track_detail.html", context)


@require_POST
def delete(request: UserRequest, pk: int) -> HttpResponse:
    """Delete a song and its videos, if the person was told of all that there are."""
    track = _mine(request, pk)
    known = set(request.POST.getlist("video"))
    videos = [video for video in track.videos.all() if str(video.pk) in known]
    try:
        pipeline.remove_song(track, videos)
    except ProtectedError:
        messages.error(request, _("There is another video of this song now; nothing was deleted."))
        return redirect("videos:song", pk)
    gone = ngettext(
        "The song and its video were deleted.",
        "The song and its %(count)d videos were deleted.",
        len(videos),
    )
    without = _("The song was deleted.")
    messages.success(request, gone % {"count": len(videos)} if videos else without)
    return redirect("videos:songs")


@require_POST
def words(request: UserRequest, pk: int) -> HttpResponse:
    """Fetch the times of a song's words from its vendor, which bills that once."""
    track = _mine(request, pk)
    try:
        if pipeline.fetch_word_times(track):
            messages.success(request, _("The word times are here."))
        else:
            messages.info(request, _("The word times are there already, or on their way."))
    except ProviderError as error:
        messages.error(request, str(error))
    return redirect("videos:song", pk)


def _cut_short(info: AudioInfo) -> str:
    told = _(
        "This file ends after %(heard)s, though it should last %(promised)s: it may have been "
        "copied only in part."
    )
    return told % {"heard": clock(info.duration), "promised": clock(info.promised)}


def _mine(request: UserRequest, pk: int) -> Track:
    mine = Track.objects.for_user(request.user).select_related("music_task")
    return get_object_or_404(mine, pk=pk)
