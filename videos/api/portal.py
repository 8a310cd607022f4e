"""What is ours beside the vendors' contract: bringing songs, and looking after videos."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import Query, Router
from pydantic import Field, ValidationError

from videos import keyset, pipeline
from videos.api import envelope, errors, lookup, rate_limits
from videos.api.idempotency import once
from videos.api.parsing import UPLOAD, parsed
from videos.api.schemas import portal as schemas
from videos.api.schemas.fields import Text
from videos.api.security import ApiRequest, writer
from videos.forms.fields import one_line
from videos.forms.song import SongUploadForm
from videos.models import Track, User, Video
from videos.outbound import addresses
from videos.payloads import suno as words

logger = logging.getLogger(__name__)

NO_ROOM = "This site has no room for files at the moment. Try again later."

router = Router(tags=["Suno Portal"], by_alias=True)
ORDER = keyset.Order("created_at", descending=True)
MOST, USUAL = 100, 24

LIMIT: Any = Query(USUAL, ge=1, le=MOST, description="Videos on a page")  # type: ignore[type-arg]
AFTER: Any = Query(  # type: ignore[type-arg]
    "", description="The `next` of the page before; empty for the first"
)
BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": schemas.UPLOAD},
            "application/json": {"schema": schemas.FetchSong.model_json_schema()},
        },
    }
}
"""A song comes in one of two ways."""


@router.post(
    "/songs",
    operation_id="create-song",
    summary="Bring a Song",
    response=schemas.SongCreated,
    openapi_extra=BODIES,
)
def create_song(request: ApiRequest) -> HttpResponse:
    """Upload a song (multipart), or name the addresses of its audio and cover (JSON).

    Videos of it are ordered with the `taskId` and `audioId` of the answer, at once if you like:
    `GET /api/v1/generate/record-info` tells when audio from an address is there.
    """
    owner = writer(request)
    keep = _uploaded(request, owner) if _is_form(request) else _to_be_fetched(request, owner)
    return once(request, lambda: _kept(request, keep))


@router.get(
    "/videos",
    operation_id="list-videos",
    summary="List Videos",
    response=schemas.VideosAnswer,
)
def list_videos(
    request: ApiRequest,
    limit: int = LIMIT,
    after: Annotated[Text, Field(max_length=500)] = AFTER,
) -> HttpResponse:
    """List your videos, the newest first; `next` leads to the page after."""
    if after and not keyset.is_known(after, Video, ORDER):
        raise errors.Refused(errors.NOT_FOUND, "after: it is not the next of any page.")
    mine = Video.objects.for_user(request.auth.owner).select_related("track__music_task")
    page = keyset.page(mine.only(*lookup.TOLD), ORDER, after, limit)
    said = {"videos": [_listed(video) for video in page.rows], "next": page.next}
    return envelope.answer(request, said)


@router.delete(
    "/videos/{taskId}",
    operation_id="delete-video",
    summary="Delete a Video",
    response=schemas.DoneAnswer,
)
def delete_video(request: ApiRequest, taskId: str) -> HttpResponse:
    """Delete a video and its film; one in the making is stopped."""
    pipeline.remove(lookup.video(writer(request), taskId))
    return envelope.sealed({"code": envelope.OK, "msg": "success"})


def _listed(video: Video) -> dict[str, object]:
    return words.record_info(video) | {
        "title": video.track.title,
        "format": video.format,
        "look": video.look,
        "provider": video.provider,
    }


def _kept(request: ApiRequest, keep: Callable[[], Track]) -> HttpResponse:
    rate_limits.song(request.auth)
    try:
        track = keep()
    except OSError as error:
        logger.exception("A song could not be kept")
        raise errors.Refused(errors.UNAVAILABLE, NO_ROOM) from error
    ids = {"taskId": track.music_task.task_id, "audioId": track.audio_id}
    return envelope.answer(request, ids)


def _is_form(request: ApiRequest) -> bool:
    return request.content_type == UPLOAD


def _uploaded(request: ApiRequest, owner: User) -> Callable[[], Track]:
    """Return what keeps a song that was heard out and can be used."""
    files: MultiValueDict[str, Any] = request.FILES.copy()
    if "lyrics" in files:
        files.setlist("lyrics_file", files.pop("lyrics"))
    for name, most in schemas.LONGEST.items():
        if len(request.POST.get(name, "")) > most:
            raise errors.invalid(name, f"it has more than {most} characters.")
    form = SongUploadForm(request.POST, files)
    if not form.is_valid():
        field, problems = next(iter(form.errors.items()))
        raise errors.invalid(field.removesuffix("_file"), " ".join(map(str, problems)))
    return partial(form.save, owner)


def _to_be_fetched(request: ApiRequest, owner: User) -> Callable[[], Track]:
    """Return what orders a song from an address."""
    try:
        wanted = schemas.FetchSong.model_validate(parsed(request.body))
    except ValidationError as error:
        raise errors.first_of(error) from error
    given = {"audioUrl": wanted.audio_url, "imageUrl": wanted.image_url}
    for name, url in given.items():
        if addresses.is_refused_for_http(url):
            raise errors.invalid(name, "it is not an https address, and others are not followed.")
    return partial(
        pipeline.order_song,
        owner,
        wanted.audio_url,
        wanted.image_url,
        title=one_line(wanted.title),
        tags=one_line(wanted.tags),
        lyrics=wanted.lyrics,
    )
