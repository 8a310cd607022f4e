"""Our own operations beside the vendors' contract: adding songs, listing and deleting videos."""

import logging
from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import Query, Router
from pydantic import Field, ValidationError

from videos import keyset, pipeline
from videos.api import envelope, errors, lookup, rate_limits
from videos.api.idempotency import run_once
from videos.api.parsing import UPLOAD, parse_json_object
from videos.api.schemas import portal as schemas
from videos.api.schemas.fields import Text
from videos.api.security import ApiRequest, require_writer
from videos.forms.backdrop import BackdropField
from videos.forms.song import SongUploadForm
from videos.lyrics.timed_lyrics import lyrics_warnings
from videos.media.sound_warnings import sound_warnings
from videos.models import Asset, Track, User, Video
from videos.outbound import addresses
from videos.payloads import suno as payloads
from videos.pipeline.rations import FETCHES, UPLOADS
from videos.render.encodings import mend_mojibake
from videos.render.errors import (
    BackdropError,
    LogoError,
    RenderError,
    StorageError,
    is_disk_full,
)
from videos.render.lyrics import LyricsError, check_characters, parse_lyrics
from videos.render.text import single_line

logger = logging.getLogger(__name__)

# Saves a song and returns it with sentences about what of its file is not used
SaveSong: TypeAlias = Callable[[], tuple[Track, list[str]]]

NO_ROOM = "This site has no room for files at the moment. Try again later."
NOT_STORED = "This site cannot store files at the moment. Try again later."
NOT_NOW = "This site could not read the file at the moment. Send it again."

SEND_ENCODING = "Its name is sent in the field encoding."

router = Router(tags=["Suno Portal"], by_alias=True)
ORDER = keyset.Order("created_at", descending=True)
MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE = 100, 24

LIMIT: Any = Query(  # type: ignore[type-arg]
    DEFAULT_PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE, description="Videos on a page"
)
AFTER: Any = Query(  # type: ignore[type-arg]
    "", description="The `next` of the page before; empty for the first"
)
# The two kinds of body in which a song comes
BODIES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": schemas.UPLOAD},
            "application/json": {"schema": schemas.FetchSong.model_json_schema()},
        },
    }
}


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
    owner = require_writer(request)
    validate = _validate_upload if request.content_type == UPLOAD else _validate_addresses
    save = validate(request, owner)
    return run_once(request, lambda: _save_song(request, save))


@router.post(
    "/assets",
    operation_id="create-asset",
    summary="Bring a Picture or a Loop",
    response=schemas.AssetCreated,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": schemas.ASSET_UPLOAD}},
        }
    },
)
def create_asset(request: ApiRequest) -> HttpResponse:
    """Upload a picture or a looping video for the `backdrop` of films, or their `logo`.

    The same file has the same `assetId`. What no film uses is deleted after a day.
    """
    owner = require_writer(request)
    file = request.FILES.get("file")
    if file is None:
        raise errors.invalid_field("file", "it is missing.")
    return _save_asset(request, owner, file)


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
    if after and not keyset.is_valid_cursor(after, Video, ORDER):
        raise errors.ApiError(errors.NOT_FOUND, "after: it is not the next of any page.")
    videos = Video.objects.for_user(request.auth.owner).select_related("track__music_task")
    page = keyset.fetch_page(videos.only(*lookup.VIDEO_FIELDS), ORDER, after, limit)
    data = {"videos": [_list_item(video) for video in page.rows], "next": page.next}
    return envelope.success(request, data)


@router.delete(
    "/videos/{taskId}",
    operation_id="delete-video",
    summary="Delete a Video",
    response=schemas.DoneAnswer,
)
def delete_video(request: ApiRequest, taskId: str) -> HttpResponse:
    """Delete a video and its film; one in the making is stopped."""
    pipeline.delete_video(lookup.get_video(require_writer(request), taskId))
    return envelope.json_response({"code": envelope.OK, "msg": "success"})


def _list_item(video: Video) -> dict[str, object]:
    return payloads.record_info(video) | {
        "title": video.track.title,
        "format": video.format,
        "look": video.look,
        "provider": video.provider,
    }


def _save_song(request: ApiRequest, save: SaveSong) -> HttpResponse:
    rate_limits.limit_songs(request.auth)
    try:
        track, warnings = save()
    except OSError as error:
        logger.exception("A song could not be stored")
        sentence = NO_ROOM if is_disk_full(error) else NOT_STORED
        raise errors.ApiError(errors.UNAVAILABLE, sentence) from error
    data: dict[str, object] = {"taskId": track.music_task.task_id, "audioId": track.audio_id}
    if warnings := [*sound_warnings(track), *warnings, *lyrics_warnings(track)]:
        data["warnings"] = warnings
    return envelope.success(request, data)


def _save_asset(request: ApiRequest, owner: User, file: "UploadedFile[bytes]") -> HttpResponse:
    rate_limits.limit_songs(request.auth)
    try:
        with rate_limits.lane(UPLOADS, owner):
            (checked,) = BackdropField().clean([file])
            asset = (
                pipeline.store_logo(owner, checked)
                if request.POST.get("kind") == Asset.Kind.LOGO
                else pipeline.store_backdrop(owner, [checked])[0]
            )
    except DjangoValidationError as error:
        raise errors.invalid_field("file", " ".join(error.messages)) from error
    except (BackdropError, LogoError) as error:
        raise errors.invalid_field("file", str(error)) from error
    except (StorageError, OSError) as error:
        logger.exception("An asset could not be stored")
        sentence = NO_ROOM if is_disk_full(error) else NOT_STORED
        raise errors.ApiError(errors.UNAVAILABLE, sentence) from error
    except RenderError as error:
        raise errors.ApiError(errors.UNAVAILABLE, NOT_NOW) from error
    data = {
        "assetId": str(asset.pk),
        "kind": asset.kind,
        "width": asset.width,
        "height": asset.height,
        "duration": asset.duration,
    }
    return envelope.success(request, data)


def _validate_upload(request: ApiRequest, owner: User) -> SaveSong:
    """Analyse an uploaded song and return a function that saves it; raises ``ApiError``."""
    files: MultiValueDict[str, Any] = request.FILES.copy()
    if "lyrics" in files:
        files.setlist("lyrics_file", files.pop("lyrics"))
    for name, limit in schemas.MAX_LENGTHS.items():
        if len(request.POST.get(name, "")) > limit:
            raise errors.invalid_field(name, f"it has more than {limit} characters.")
    form = SongUploadForm(request.POST, files)
    with rate_limits.lane(UPLOADS, owner):
        is_valid = form.is_valid()
    if not is_valid:
        if form.encoding_doubt and len(form.errors) == 1:
            raise errors.invalid_field("encoding", f"{form.encoding_doubt} {SEND_ENCODING}")
        field, problems = next(iter(form.errors.items()))
        raise errors.invalid_field(field.removesuffix("_file"), " ".join(map(str, problems)))
    return lambda: (form.save(owner), form.warnings)


def _validate_addresses(request: ApiRequest, owner: User) -> SaveSong:
    """Return a function that adds a song which a worker fetches; raises ``ApiError``."""
    try:
        body = schemas.FetchSong.model_validate(parse_json_object(request))
    except ValidationError as error:
        raise errors.field_error(error) from error
    try:
        lyrics = mend_mojibake(body.lyrics)
        check_characters(lyrics)
        parse_lyrics(lyrics, 0.0)
    except LyricsError as error:
        raise errors.invalid_field("lyrics", str(error)) from error
    for name, url in (("audioUrl", body.audio_url), ("imageUrl", body.image_url)):
        if addresses.is_refused_for_http(url):
            problem = "it is not an https address, and others are not followed."
            raise errors.invalid_field(name, problem)
    texts = {
        "title": single_line(body.title),
        "artist": single_line(body.artist),
        "tags": single_line(body.tags),
        "lyrics": lyrics,
    }
    urls = (body.audio_url, body.image_url)
    rate_limits.spend(FETCHES, owner)
    return lambda: (pipeline.import_song(owner, *urls, **texts), [])
