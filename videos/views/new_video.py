"""The page on which a new video is ordered."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from videos import pipeline
from videos.forms.backdrop import BackdropForm, BackdropUploadForm
from videos.forms.fields import parse_pk
from videos.forms.film_files import FilmFilesForm, FilmFilesUploadForm
from videos.forms.vendor import FindSongForm
from videos.forms.video import VideoForm
from videos.models import MusicTask, Video
from videos.outbound.addresses import site_is_public
from videos.pipeline.rations import UPLOADS, RationSpent
from videos.providers.errors import ProviderError
from videos.providers.registry import vendor, vendors
from videos.vendors import BUILTIN, VENDORS
from videos.views.requests import UserRequest
from videos.views.song_picker import picker_context
from videos.views.uploads import takes_files

FIRST_POLL, MAX_POLL_INTERVAL = 4, 20  # seconds between polls of a song in the making


@takes_files
@gzip_page  # nothing in it is secret, although no browser stores it
@never_cache  # so that the back button brings a fresh form token
@require_http_methods(["GET", "HEAD", "POST"])
def new_video(request: UserRequest) -> HttpResponse:
    """Show the form of a new video and order it.

    ``?song=`` selects the song, and ``?like=`` names a video whose settings are proposed, with
    ``&replace=1`` for a film that takes over its address.
    """
    like = _film_to_copy(request)
    if request.method == "POST":
        form = VideoForm(request.user, request.POST, files=request.FILES)
        if _is_valid(request, form):
            try:
                return _redirect_to_videos(request, form.order(), form.cleaned_data["provider"])
            except pipeline.QuotaReached as error:
                form.add_error(None, str(error))
    else:
        song, is_replacement = request.GET.get("song", ""), "replace" in request.GET
        form = VideoForm(request.user, song=song, like=like, is_replacement=is_replacement)
    context = _page_context(request, form, FindSongForm()) | {"like": like}
    return render(request, "videos/video_new.html", context)


def _film_to_copy(request: UserRequest) -> Video | None:
    """Return the person's video whose settings are to be proposed, None where none is named."""
    try:
        pk = uuid.UUID(request.GET.get("like", ""))
    except ValueError:
        return None
    return Video.objects.for_user(request.user).filter(pk=pk).select_related("track").first()


@takes_files
@require_POST
def upload_backdrop(request: UserRequest) -> HttpResponse:
    """Store the pictures or the video that were chosen, and return the field that names them."""
    form = BackdropUploadForm(request.user, request.POST, request.FILES)
    _is_valid(request, form)
    return _answer_upload(request, "videos/_new_video_backdrop.html", form)


@takes_files
@require_POST
def upload_film_files(request: UserRequest) -> HttpResponse:
    """Store the logo or the translation that was chosen, and return the fields that name them."""
    form = FilmFilesUploadForm(request.user, request.POST, request.FILES)
    _is_valid(request, form)
    return _answer_upload(request, "videos/_new_video_files.html", form)


def _answer_upload(
    request: UserRequest, template: str, form: BackdropForm | FilmFilesForm
) -> HttpResponse:
    response = render(request, template, {"form": form})
    # The preview is drawn anew, once the fields have the values that came: not before
    response["HX-Trigger-After-Settle"] = "backdrop"
    return response


def _is_valid(request: UserRequest, form: BackdropForm | FilmFilesForm) -> bool:
    """Return whether a form is valid; files in it are decoded, which has a ration."""
    if not request.FILES:
        return form.is_valid()
    try:
        with UPLOADS.lane(request.user):
            return form.is_valid()
    except RationSpent as error:
        form.errors.clear()
        field = next(iter(request.FILES))
        form.add_error(field if field in form.fields else None, str(error))
        return False


@require_POST
def find_song(request: UserRequest) -> HttpResponse:
    """Look a vendor's song up by its task id, or add one by both its ids."""
    form = FindSongForm(request.POST)
    task: MusicTask | None = None
    if form.is_valid() and "by_hand" in request.POST:
        if track := form.add_song(request.user):
            return _redirect(request, reverse("videos:new", query={"song": track.pk}))
    elif form.is_valid():
        task = form.find_song(request.user)
    if request.htmx:
        return render(request, "videos/_vendor_song.html", _song_context(task) | {"find": form})
    if task and (track := task.tracks.first()):
        return redirect(reverse("videos:new", query={"song": track.pk}))
    if task:
        hint = "" if task.is_final else _("Look it up again in a minute.")
        messages.info(request, f"{_status_sentence(task)} {hint}".strip())
    context = _page_context(request, VideoForm(request.user), form)
    return render(request, "videos/video_new.html", context)


@never_cache
@require_safe
def poll_song(request: UserRequest, pk: int) -> HttpResponse:
    """Answer a poll by the form for a song that its vendor is still making."""
    task = get_object_or_404(MusicTask.objects.for_user(request.user), pk=pk)
    wait = request.GET.get("wait", "")
    error_text = ""
    try:
        task = pipeline.refresh_song(task)
    except ProviderError as error:  # the next poll may succeed
        error_text = str(error)
    if request.GET.get("at") == task.status:  # the page shows these tracks already
        return HttpResponse(status=204)
    seconds = int(wait) if wait.isdecimal() and len(wait) < 3 else FIRST_POLL
    context = _song_context(task, min(MAX_POLL_INTERVAL, seconds + 2)) | {"error": error_text}
    if song := request.GET.get("song"):  # what the person selected meanwhile stays selected
        context["selected"] = parse_pk(song)
    return render(request, "videos/_vendor_song.html", context)


@never_cache
@require_safe
def vendor_credits(request: HttpRequest, provider: str) -> HttpResponse:
    """Return the fragment with the credits that our account has at a vendor."""
    if vendor(provider) is None:
        raise Http404
    context = {"credits": pipeline.credits(provider)}
    return render(request, "videos/_credits.html", context)


def _redirect_to_videos(
    request: UserRequest, ordered: list[tuple[Video, bool]], provider: str
) -> HttpResponse:
    """Redirect to the video that was ordered, or to the library if there are several."""
    video, is_new = ordered[0]
    if len(ordered) > 1:
        return redirect("videos:library")  # which says how many are being made
    if not is_new and provider != BUILTIN:
        messages.info(request, _repeat_sentence(video, provider))
    return redirect(video)


def _repeat_sentence(video: Video, provider: str) -> str:
    """Return why an order at the vendor ``provider`` led to an earlier ``video``."""
    if video.provider == provider and not video.failure:
        return _("This song has a video at this vendor already: here it is.")
    label = VENDORS[provider].label
    if video.is_ready:
        sentence = _(
            "%(vendor)s may have taken an earlier order of this video, and would bill another. "
            "Nothing was ordered. Delete this video if you want to order it there all the same."
        )
    else:
        sentence = _(
            "%(vendor)s may have taken this earlier order, and would bill another. Nothing was "
            "ordered: go on with this one."
        )
    return sentence % {"vendor": label}


def _page_context(request: UserRequest, form: VideoForm, find: FindSongForm) -> dict[str, object]:
    return {
        **picker_context(request, form),
        "form": form,
        "find": find,
        "vendors": vendors(),
        "is_reachable": site_is_public(),
    }


def _song_context(task: MusicTask | None, wait: int = FIRST_POLL) -> dict[str, object]:
    """Return the context of the fragment that shows a song which was looked up."""
    if task is None:
        return {}
    tracks = list(task.tracks.select_related("music_task").order_by("-created_at", "-pk"))
    return {
        "task": task,
        "tracks": tracks,
        "selected": tracks[0].pk if tracks else 0,
        "status_text": _status_sentence(task),
        "wait": wait,
    }


def _redirect(request: UserRequest, url: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else redirect(url)


def _status_sentence(task: MusicTask) -> str:
    """Return what a music task's status means for somebody who wants a video."""
    label = next((each.label for each in vendors() if each.key == task.provider), task.provider)
    sentences = {
        "PENDING": _("%(vendor)s has not begun with this song yet."),
        "TEXT_SUCCESS": _("The lyrics are written; %(vendor)s is making the music now."),
        "FIRST_SUCCESS": _(
            "The first track is ready, the second is being made. A video of the first may be "
            "refused until %(vendor)s has finished both."
        ),
        "SUCCESS": _("Choose one of the tracks."),
        "CREATE_TASK_FAILED": _("%(vendor)s could not start this song. Order it again there."),
        "GENERATE_AUDIO_FAILED": _("%(vendor)s could not make this song. Order it again there."),
        "CALLBACK_EXCEPTION": _(
            "%(vendor)s could not report back to whoever ordered this song. Its tracks appear here "
            "if they were made."
        ),
        "SENSITIVE_WORD_ERROR": _(
            "%(vendor)s refused this song because of its words. Change the lyrics and order it "
            "again there."
        ),
    }
    return sentences[task.status] % {"vendor": label}
