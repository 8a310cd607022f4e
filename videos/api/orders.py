"""Ordering a film over the API, with the field names of either family."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from videos import pipeline
from videos.api import rate_limits
from videos.api.errors import EXISTS, INVALID, ApiError, invalid_field
from videos.api.lookup import not_found
from videos.api.security import ApiRequest, require_writer
from videos.forms.vendor import is_id
from videos.models import Asset, Track, User, Video
from videos.models.webhook_delivery import WebhookFamily
from videos.outbound import addresses
from videos.pipeline.translations import lyrics_of
from videos.providers.registry import vendor
from videos.render.backdrops.formats import check_number
from videos.render.clips import Clip, ClipError
from videos.render.errors import BackdropError
from videos.render.lyrics import LyricsError
from videos.render.options import BACKDROP_LOOKS, DEFAULT_STYLE, StyleOptions
from videos.render.text import single_line
from videos.statuses import MusicStatus
from videos.vendors import BUILTIN

# Options that were part of every key from the beginning; others are named in it when they are set
ORIGINAL_KEY_OPTIONS = ("format", "look")


@dataclass(frozen=True)
class TrackIds:
    """The ids of a track as the client sent them, and what its family calls the two fields."""

    task_id: str
    audio_id: str
    task_field: str
    audio_field: str


def place_order(
    request: ApiRequest,
    ids: TrackIds,
    *,
    author: str,
    domain_name: str,
    webhook_url: str,
    webhook_family: WebhookFamily,
    provider: str = BUILTIN,
    style: StyleOptions = DEFAULT_STYLE,
    clip: Clip | None = None,
    backdrop: Sequence[str] = (),
    logo: str = "",
    translation: str = "",
) -> Video:
    """Order the film and return its row; raises ``ApiError``, ``AlreadyExists`` for a repeat."""
    owner = require_writer(request)
    _check_webhook_url(webhook_url, webhook_family)
    track = _find_or_add_track(owner, ids, provider)
    actual_provider = _choose_provider(track, provider)
    _check_clip(clip, track)
    assets = _find_assets(owner, backdrop, style)
    files = {
        "logo": _find_logo(owner, logo),
        "translation": _store_translation(owner, translation, track),
    }
    file_ids = {name: each.pk.hex for name, each in files.items() if each}
    order = pipeline.OrderRequest(
        track=track,
        provider=actual_provider,
        author=single_line(author),
        domain_name=single_line(domain_name),
        style=style,
        clip=str(clip or ""),
        backdrop=pipeline.join_ids(assets),
        logo=file_ids.get("logo", ""),
        translation=file_ids.get("translation", ""),
        order_key=order_key(
            (str(track.pk), actual_provider, ids.task_id, ids.audio_id),
            (author, domain_name, provider),
            style,
            clip,
            [asset.digest for asset in assets],
            [f"{name}={each.digest}" for name, each in files.items() if each],
        ),
        webhook_url=webhook_url,
        webhook_family=webhook_family if webhook_url else WebhookFamily.NONE,
    )
    matching = Video.objects.matching_order(owner, track, actual_provider, order.order_key)
    if first := matching.first():
        raise RepeatedOrder(first)
    rate_limits.limit_orders(request.auth)
    video, is_new = pipeline.order(owner, order)
    if not is_new:
        raise RepeatedOrder(video)
    return video


def _check_webhook_url(url: str, family: WebhookFamily) -> None:
    if not settings.ALLOW_HTTP_WEBHOOKS and addresses.is_refused_for_http(url):
        field = "callback_url" if family == WebhookFamily.CRUN else "callBackUrl"
        raise invalid_field(field, "it is not an https address, and this site calls no others.")


class RepeatedOrder(ApiError):
    """The error of an order whose film, ``video``, exists or is being made."""

    def __init__(self, video: Video) -> None:
        message = "Mp4 record already exists."
        if video.failure:
            message += (
                " Its vendor may have taken that order and would bill another: its owner decides"
                " on the page of the video."
            )
        super().__init__(EXISTS, message)
        self.video = video


def _check_clip(clip: Clip | None, track: Track) -> None:
    """Raise ``ApiError`` if the song is known to end before the clip does."""
    if clip and track.duration:
        try:
            clip.check_within(track.duration)
        except ClipError as error:
            raise invalid_field("clip", str(error)) from error


def _find_assets(owner: User, ids: Sequence[str], style: StyleOptions) -> list[Asset]:
    """Return the assets of a backdrop in their order; raises ``ApiError`` for what is none."""
    if not ids:
        return []
    if style.look not in BACKDROP_LOOKS:
        looks = " and ".join(BACKDROP_LOOKS)
        raise invalid_field("backdrop", f"only the looks {looks} show one.")
    assets = Asset.objects.for_user(owner).of_backdrops().in_order(ids)
    if len(assets) < len(ids):
        raise invalid_field("backdrop", "not all of these are assetIds of POST /api/v1/assets.")
    loops = sum(asset.kind == Asset.Kind.LOOP for asset in assets)
    try:
        check_number(len(assets) - loops, loops)
    except BackdropError as error:
        raise invalid_field("backdrop", str(error)) from error
    return assets


def _find_logo(owner: User, asset_id: str) -> Asset | None:
    """Return the asset of a logo, None for none; raises ``ApiError`` for what is none."""
    logo = Asset.objects.for_user(owner).of_kind(Asset.Kind.LOGO, asset_id)
    if asset_id and logo is None:
        raise invalid_field("logo", "it is no assetId of POST /api/v1/assets with kind logo.")
    return logo


def _store_translation(owner: User, text: str, track: Track) -> Asset | None:
    """Store a translation and return its asset, None for none; raises ``ApiError``."""
    if not text.strip():
        return None
    try:
        asset = pipeline.store_translation(owner, text)
        lyrics_of(track, asset.pk.hex)
    except LyricsError as error:
        raise invalid_field("translation", str(error)) from error
    return asset


def order_key(
    track: tuple[str, ...],
    texts: tuple[str, ...],
    style: StyleOptions,
    clip: Clip | None = None,
    backdrop: Sequence[str] = (),
    files: Sequence[str] = (),
) -> str:
    """Return a key that is the same for repeats of one order only.

    An option at its default is not part of it, so that the orders from before the option existed
    keep their keys; nor is a clip where the film shows all of the song. ``backdrop`` is the digests
    of files, and so are ``files``, after the names of what they are for.
    """
    values = style.values()
    positional = [str(values[name]) for name in ORIGINAL_KEY_OPTIONS]
    changed = style.changed().items()
    named = [f"{name}={value}" for name, value in changed if name not in ORIGINAL_KEY_OPTIONS]
    named += [f"clip={clip}"] if clip else []
    named += [f"backdrop={' '.join(backdrop)}"] if backdrop else []
    named += files
    return hashlib.sha256("\0".join((*track, *texts, *positional, *named)).encode()).hexdigest()


def _find_or_add_track(owner: User, ids: TrackIds, provider: str) -> Track:
    """Return the track of ``owner``; a track that only a vendor has is added by its ids."""
    tracks = Track.objects.for_user(owner).select_related("music_task")
    of_task = tracks.filter(music_task__task_id=ids.task_id)
    if track := of_task.filter(audio_id=ids.audio_id).first():
        return track
    if provider != BUILTIN and vendor(provider):
        for field, value in ((ids.task_field, ids.task_id), (ids.audio_field, ids.audio_id)):
            if not is_id(value):
                raise invalid_field(field, "it is no id.")
        return pipeline.add_song_by_ids(owner, provider, ids.task_id, ids.audio_id)
    raise not_found(ids.audio_field if of_task.exists() else ids.task_field)


def _choose_provider(track: Track, named: str) -> str:
    """Return the key of the provider; raises ``ApiError`` where the ``named`` one cannot make it.

    An order that names no provider means our renderer. If the song is not here, so that only its
    vendor can make the film, that vendor does.
    """
    task = track.music_task
    if task.status == MusicStatus.GENERATE_AUDIO_FAILED:
        raise ApiError(INVALID, f"The song of this task is not there: {task.error_message}")
    able = [each.key for each in pipeline.providers_for(track)]
    if named in able:
        return named
    if named == BUILTIN and able:
        return able[0]
    if named == BUILTIN:
        raise ApiError(INVALID, "Of this song only the ids are known: there is nothing to hear.")
    raise invalid_field("provider", "it is not set up here, or did not make this song.")
