"""Ordering a new video."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from videos import pipeline
from videos.forms.vendor import FindSongForm
from videos.forms.video import VideoForm
from videos.models import MusicTask, Video
from videos.outbound.addresses import site_is_public
from videos.providers.errors import ProviderError
from videos.providers.registry import vendor, vendors
from videos.views.requests import UserRequest

FIRST_LOOK, SLOWEST_LOOK = 4, 20  # seconds between questions about a song in the making


@never_cache  # so that the back button brings a fresh form token
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Choose a song and say how its video is to look; ``?song=`` chooses it beforehand."""
    if request.method == "POST":
        form = VideoForm(request.user, request.POST)
        if form.is_valid():
            try:
                return _to_videos(request, form.order())
            except pipeline.QuotaReached as error:
                form.add_error(None, str(error))
    else:
        form = VideoForm(request.user, song=request.GET.get("song", ""))
    return render(request, "videos/video_new.html", _page(form, FindSongForm()))


@require_POST
def find(request: UserRequest) -> HttpResponse:
    """Look a vendor's song up by its task id, or keep one whose ids were typed by hand."""
    form = FindSongForm(request.POST)
    task: MusicTask | None = None
    if form.is_valid() and "by_hand" in request.POST:
        if track := form.keep(request.user):
            return _go_on(request, reverse("videos:new", query={"song": track.pk}))
    elif form.is_valid():
        task = form.find(request.user)
    if request.htmx:
        return render(request, "videos/_vendor_song.html", _found(task) | {"find": form})
    if task and (track := task.tracks.first()):
        return redirect(reverse("videos:new", query={"song": track.pk}))
    if task:
        again = "" if task.is_final else _("Look it up again in a minute.")
        messages.info(request, f"{_status_sentence(task)} {again}".strip())
    return render(request, "videos/video_new.html", _page(VideoForm(request.user), form))


@never_cache
@require_safe
def follow(request: UserRequest, pk: int) -> HttpResponse:
    """Answer the form's question about a song that its vendor is still making."""
    task = get_object_or_404(MusicTask.objects.for_user(request.user), pk=pk)
    wait = request.GET.get("wait", "")
    trouble = ""
    try:
        task = pipeline.follow_song(task)
    except ProviderError as error:  # the next question may have more luck
        trouble = str(error)
    if request.GET.get("at") == task.status:  # tracks that are shown are not swapped for the same
        return HttpResponse(status=204)
    seconds = int(wait) if wait.isdecimal() and len(wait) < 3 else FIRST_LOOK
    context = _found(task, min(SLOWEST_LOOK, seconds + 2)) | {"trouble": trouble}
    if song := request.GET.get("song"):  # what was chosen meanwhile stays so
        context["chosen"] = int(song) if song.isdecimal() and len(song) < 19 else 0
    return render(request, "videos/_vendor_song.html", context)


@never_cache
@require_safe
def credits(request: HttpRequest, provider: str) -> HttpResponse:
    """Answer the form's question how many credits are left at a vendor."""
    asked = vendor(provider)
    if asked is None:
        raise Http404
    context = {"credits": pipeline.credits(provider)}
    return render(request, "videos/_credits.html", context)


def _to_videos(request: UserRequest, ordered: list[tuple[Video, bool]]) -> HttpResponse:
    """Lead to the video that was ordered, or to where all of them are."""
    video, is_new = ordered[0]
    if len(ordered) > 1:
        count = len(ordered)
        said = ngettext("%(count)d video is being made.", "%(count)d videos are being made.", count)
        messages.success(request, said % {"count": count})
        return redirect("videos:library")
    if not is_new and not video.is_rendered_here:
        messages.info(request, _("This song has a video at this vendor already: here it is."))
    return redirect(video)


def _page(form: VideoForm, find: FindSongForm) -> dict[str, object]:
    return {
        "form": form,
        "find": find,
        "songs": form.songs,
        "vendors": vendors(),
        "is_reachable": site_is_public(),
    }


def _found(task: MusicTask | None, wait: int = FIRST_LOOK) -> dict[str, object]:
    """Return what the fragment shows of a song that was looked up."""
    if task is None:
        return {}
    tracks = list(task.tracks.select_related("music_task").order_by("-created_at", "-pk"))
    return {
        "task": task,
        "tracks": tracks,
        "chosen": tracks[0].pk if tracks else 0,
        "words": _status_sentence(task),
        "wait": wait,
    }


def _go_on(request: UserRequest, url: str) -> HttpResponse:
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
