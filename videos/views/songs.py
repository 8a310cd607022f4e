"""Pages of a creator's songs."""

import logging

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from videos import keyset, pipeline
from videos.demo.setup import make_demo_song
from videos.forms.files import storage_sentence
from videos.forms.filters import SongFilter
from videos.forms.song import SongEditForm, SongUploadForm
from videos.lyrics.timed_lyrics import lyrics_warnings, timed_lines
from videos.media.sound_warnings import sound_warnings
from videos.models import Track
from videos.pipeline.rations import SEARCHES
from videos.providers.errors import ProviderError
from videos.providers.registry import vendor
from videos.render.lyrics import placed_share
from videos.views.own_songs import get_track, is_valid_upload
from videos.views.paging import page_size
from videos.views.requests import UserRequest, referring_page
from videos.views.uploads import takes_files

logger = logging.getLogger(__name__)

MIN_PLACED_SHARE = 0.5  # of a vendor's words; with fewer the page says so


@require_safe
def song_list(request: UserRequest) -> HttpResponse:
    """Show the songs of the person, the newest first."""
    if request.GET.get("q"):
        SEARCHES.spend(request.user)
    tracks = Track.objects.for_user(request.user)
    form = SongFilter(request.GET)
    matching = form.narrow(tracks.select_related("music_task"))
    page = keyset.fetch_page(matching, form.order, request.GET.get("after", ""), page_size(request))
    context = {
        "tracks": page.rows,
        "next_page": page.next,
        "form": form,
        "has_songs": tracks.exists(),
    }
    return render(request, "songs/track_list.html", context)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def upload_song(request: UserRequest) -> HttpResponse:
    """Add a song from files, then redirect to the form of its first video."""
    if request.method == "POST":
        form = SongUploadForm(request.POST, request.FILES)
        if is_valid_upload(form, request.user):
            try:
                track = form.save(request.user)
                for sentence in (*sound_warnings(track), *form.warnings):
                    messages.warning(request, sentence)
                if sentence := pipeline.storage_warning(request.user):
                    messages.warning(request, sentence)
                _warn_of_lyrics(request, track)
                return redirect(reverse("videos:new", query={"song": track.pk}))
            except pipeline.QuotaReached as error:
                form.add_error(None, str(error))
            except OSError as error:
                logger.exception("A song could not be stored")
                form.add_error(None, storage_sentence(error))
    else:
        form = SongUploadForm()
    return render(request, "songs/track_form.html", {"form": form})


@require_POST
def add_demo_song(request: UserRequest) -> HttpResponse:
    """Give our demo song to a person without songs, then redirect to the form of its video."""
    track = Track.objects.for_user(request.user).first() or make_demo_song(request.user)
    return redirect(reverse("videos:new", query={"song": track.pk}))


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def song_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a song with its lyrics and videos, and save changes of it."""
    track = get_track(request, pk)
    if request.method == "POST":
        form = SongEditForm(request.POST, request.FILES, instance=get_track(request, pk))
        if is_valid_upload(form, request.user) and (saved := _save_changes(form)):
            messages.success(request, _("Saved."))
            if "lyrics" in form.changed_data:
                _warn_of_lyrics(request, saved)
            return redirect("videos:song", saved.pk)
    else:
        form = SongEditForm(instance=track)
    lines = timed_lines(track)
    context = {
        "track": track,
        "lines": lines,
        "sound_warnings": sound_warnings(track),
        "guessed_lines": sum(line.is_guessed for line in lines),
        "videos": track.videos.select_related("track"),
        "form": form,
        "vendor": vendor(track.music_task.provider),
    }
    return render(request, "songs/track_detail.html", context)


@require_POST
def delete_song(request: UserRequest, pk: int) -> HttpResponse:
    """Delete a song and its videos, if the page listed all the videos that it has."""
    track = get_track(request, pk)
    listed = set(request.POST.getlist("video"))
    videos = [video for video in track.videos.all() if str(video.pk) in listed]
    try:
        pipeline.delete_song(track, videos)
    except ProtectedError:
        messages.error(request, _("There is another video of this song now; nothing was deleted."))
        return redirect("videos:song", pk)
    with_videos = ngettext(
        "The song and its video were deleted.",
        "The song and its %(count)d videos were deleted.",
        len(videos),
    )
    alone = _("The song was deleted.")
    messages.success(request, with_videos % {"count": len(videos)} if videos else alone)
    return redirect("videos:songs")


@require_POST
def fetch_word_times(request: UserRequest, pk: int) -> HttpResponse:
    """Fetch the times of a song's words from its vendor, which bills that."""
    track = get_track(request, pk)
    try:
        if pipeline.fetch_word_times(track, again="again" in request.POST):
            messages.success(request, _("The word times are here."))
            if placed_share(track.active_aligned_words) < MIN_PLACED_SHARE:
                sentence = _("The vendor could place fewer than half of the words: listen to them.")
                messages.warning(request, sentence)
        else:
            messages.info(request, _("The word times are there already, or were requested before."))
    except ProviderError as error:
        messages.error(request, str(error))
    return redirect(referring_page(request) or reverse("videos:song", args=[pk]))


def _save_changes(form: SongEditForm) -> Track | None:
    """Save a song; None, and an error of the form, where its cover cannot be stored."""
    try:
        return form.save()
    except OSError as error:
        logger.exception("A cover could not be stored")
        form.add_error(None, storage_sentence(error))
        return None


def _warn_of_lyrics(request: UserRequest, track: Track) -> None:
    """Show what of a song's new lyrics is left out or guessed."""
    for sentence in lyrics_warnings(track):
        messages.warning(request, sentence)
