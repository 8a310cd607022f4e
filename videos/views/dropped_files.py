"""The page that makes films of files that are dropped, up to twenty songs at a time."""

import logging
from contextlib import closing

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from videos import pipeline
from videos.forms.dropped_files import DroppedFilesForm
from videos.forms.dropped_song import BatchForm, DroppedSongForm, FileFactsForm, find_upload
from videos.forms.files import NO_ROOM
from videos.media.sound_warnings import sound_warnings
from videos.models import Track, Upload
from videos.pipeline.rations import FILE_TAGS, UPLOADS
from videos.render.tags.file_names import parse_file_name
from videos.render.tags.song_tags import SongTags
from videos.views.requests import UserRequest
from videos.views.song_tags import thumbnail
from videos.views.uploads import takes_files

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def drop_page(request: UserRequest) -> HttpResponse:
    """Show where files are dropped, and the options of their films."""
    return render(request, "videos/drop.html", {"form": BatchForm(request.user)})


@require_POST
def match_files(request: UserRequest) -> HttpResponse:
    """Return a row for each song among files whose names the page tells, and what is refused."""
    form = DroppedFilesForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    matching = form.match()
    rows = [
        {
            "song": song,
            "file": audio,
            "lyrics": matching.files[song.lyrics] if song.lyrics is not None else None,
            "form": DroppedSongForm.blank(parse_file_name(audio.name)._asdict()),
        }
        for song in matching.songs
        for audio in [matching.files[song.audio]]
    ]
    context = {"rows": rows, "refusals": matching.refusals}
    return render(request, "videos/_dropped_files.html", context)


@takes_files
@never_cache
@require_POST
def describe_song(request: UserRequest) -> HttpResponse:
    """Return the fields of a song with what its file, its lyrics file and its name say of it."""
    form = FileFactsForm(request.POST, request.FILES)
    form.is_valid()  # parts that do not fit say nothing; what is wrong with the lyrics is shown
    tags = _read_tags(request, form) if form.cleaned_data.get("head") else SongTags()
    facts = form.describe(tags)
    context = {
        "form": DroppedSongForm.blank(facts | {"tags_shown": tags != SongTags()}),
        "facts_form": form,
        "cover": thumbnail(tags),
    }
    return render(request, "videos/_dropped_song_fields.html", context)


def _read_tags(request: UserRequest, form: FileFactsForm) -> SongTags:
    """Return the tags of a file, none where a disk is full; raises ``RationSpent``.

    The page tries again then: of many songs, none is to have its file's name for its title.
    """
    try:
        with FILE_TAGS.lane(request.user):
            return form.read()
    except OSError:
        logger.exception("The tags of a file could not be read")
        return SongTags()


@require_POST
def make_film(request: UserRequest) -> HttpResponse:
    """Make a song of uploads and order its films; return what its row shows from now on.

    A form that is sent again finds the song of its upload, and the same films.
    """
    options = BatchForm(request.user, request.POST)
    if not options.is_usable():
        return _refuse(request, options, scope="options")
    audio = find_upload(request.user, request.POST.get("audio_upload", ""))
    if audio is None:
        return HttpResponse(status=410)
    track = audio.track or _store_song(request, audio)
    if isinstance(track, DroppedSongForm):
        return _refuse(request, track)
    form = BatchForm(request.user, request.POST, track, audio)
    try:
        videos = [video for video, _is_new in form.order()] if form.is_valid() else []
    except pipeline.QuotaReached as error:
        form.add_error(None, str(error))
    if form.errors:
        return _refuse(request, form, track)
    context = {"track": track, "videos": videos, "warnings": sound_warnings(track)}
    return render(request, "videos/_dropped_song_made.html", context)


def _store_song(request: UserRequest, audio: Upload) -> Track | DroppedSongForm:
    """Return the new song, or else its form with what is wrong."""
    cover = find_upload(request.user, request.POST.get("cover_upload", ""))
    form = DroppedSongForm.from_uploads(request.POST, audio, cover)
    pipeline.wait_for_analysis(audio)
    with closing(form):
        with UPLOADS.lane(request.user):
            is_valid = form.is_valid()
        try:
            return form.save(request.user) if is_valid else form
        except pipeline.QuotaReached as error:
            form.add_error(None, str(error))
        except OSError:
            logger.exception("A song could not be stored")
            form.add_error(None, NO_ROOM)
    return form


def _refuse(
    request: UserRequest, form: Form, track: Track | None = None, scope: str = "song"
) -> HttpResponse:
    """Return what is wrong with a song, or with the options of all; ``track`` is stored already."""
    errors = [(form[name].label, form.errors[name]) for name in form.errors if name in form.fields]
    context = {"errors": errors, "form": form, "track": track, "scope": scope}
    return render(request, "videos/_dropped_song_errors.html", context, status=422)
