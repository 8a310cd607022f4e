"""Orders films, and does what people decide about them afterwards: cancel, retry, delete.

A repeated order returns the first video instead of making another one. An order is a repeat of an
earlier one of the same owner, unless that has failed, where (``VideoQuerySet.matching_order``)

- it is for the same song at the same vendor, because a vendor makes a song's video once only; or
- it has the same ``order_key``, by which programs' orders of the same film are recognised.

At a vendor that bills repeats, also an order that failed here counts if the vendor may have it. The
owner decides about that one (``retry``, or ``polling.adopt_vendor_task``).

The same ``form_token``, of a form that was sent twice, always returns the first video.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import partial

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from videos import clock
from videos.media import workspace
from videos.models import Event, Track, User, Video
from videos.models.video_queryset import VideoQuerySet
from videos.pipeline import quota
from videos.pipeline.assets import assets_of, delete_unused_assets
from videos.providers.base import Vendor
from videos.providers.builtin import BuiltinProvider
from videos.providers.registry import builtin, vendors
from videos.queue import enqueue
from videos.render.clips import CANVAS
from videos.render.options import DEFAULT_STYLE, StyleOptions, VideoFormat


def providers_for(track: Track) -> list[Vendor | BuiltinProvider]:
    """Return the providers that can make a film of ``track``, its own vendor first.

    Vendors can only use songs that vendors made; the renderer needs the audio.
    """
    own = track.music_task.provider
    others = [] if track.music_task.is_uploaded else vendors()
    offered: list[Vendor | BuiltinProvider] = sorted(others, key=lambda each: each.key != own)
    return [*offered, builtin()] if track.has_sound else offered


@dataclass(frozen=True)
class OrderRequest:
    """An order of a film, from a form, the API, the admin or a command.

    ``author`` and ``domain_name`` have at most 50 characters. A repeated ``form_token`` or
    ``order_key`` marks a repeat. The outcome is sent to ``webhook_url``, with the field names of
    ``webhook_family``. Only our own renderer obeys ``style``, ``clip``, the text of a clip,
    ``backdrop``, the ids of assets, and ``logo`` and ``translation``, the id of one each. The film
    takes over the address of the one that it ``replaces``.
    """

    track: Track
    provider: str
    author: str
    domain_name: str
    style: StyleOptions = DEFAULT_STYLE
    clip: str = ""
    backdrop: str = ""
    logo: str = ""
    translation: str = ""
    form_token: uuid.UUID | None = None
    order_key: str = ""
    webhook_url: str = ""
    webhook_family: str = ""
    replaces: Video | None = None


def order(owner: User, request: OrderRequest) -> tuple[Video, bool]:
    """Order a film; return its row and whether it is new. Raises ``QuotaReached``.

    A repeated order returns the first row and False; see the module's docstring. A Canvas is tall,
    whatever the order says.
    """
    if request.clip == CANVAS:
        request = replace(request, style=replace(request.style, format=VideoFormat.TALL))
    matching = Video.objects.matching_order(
        owner, request.track, request.provider, request.order_key
    )
    if first := matching.first():
        return first, False
    try:
        return _create(owner, request, matching)
    except IntegrityError:  # the same was ordered at the same moment
        if first := matching.first():
            return first, False
        raise


def _create(
    owner: User, request: OrderRequest, matching: VideoQuerySet[Video]
) -> tuple[Video, bool]:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)  # locks the quota of this owner
        same_form = Video.objects.filter(owner=owner, form_token=request.form_token)
        if request.form_token and (first := same_form.first()):
            return first, False
        if first := matching.all().first():  # no constraint knows of orders that may exist
            return first, False
        quota.check_order(owner)
        columns = {each.name: getattr(request, each.name) for each in fields(request)}
        style: StyleOptions = columns.pop("style")
        video = Video.objects.create(
            owner=owner,
            queue_position_at=Video.objects.next_queue_position(owner, request.provider),
            due_at=clock.now(),
            **columns,
            **style.values(),
        )
        video.log_event(Event.Kind.ORDERED)
        enqueue(video)
    return video, True


def cancel(video: Video) -> bool:
    """Cancel a video in the making; a worker that has claimed it notices within a second."""
    return video.cancel()


def retry(video: Video, provider: str = "") -> bool:
    """Order a failed or cancelled video again on the same page, with ``provider`` if it is named.

    False where there is nothing to retry, or where its owner has another video of the same song
    at that vendor, or one that it may have and would bill again.
    """
    if _has_other_order(video, provider or video.provider):
        return False
    try:
        is_retried = video.retry(provider)
    except IntegrityError:
        return False
    if is_retried:
        video.refresh_from_db()
        enqueue(video)
    return is_retried


def _has_other_order(video: Video, provider: str) -> bool:
    """Whether another video answers an order of this one at ``provider``, which has none of it."""
    if Video.objects.filter(pk=video.pk).may_be_ordered_at(provider).exists():
        return False  # the owner decides about this very order
    others = Video.objects.matching_order(video.owner, video.track, provider)
    return others.exclude(pk=video.pk).exists()


def poll_now(video: Video) -> bool:
    """Have a worker poll the vendor of ``video`` at once; False where nothing is awaited."""
    return not video.is_rendered_here and _make_due(video, Video.objects.pending())


def copy_now(video: Video) -> bool:
    """Have a worker copy the film at once; False where we have it, or where there is none."""
    return _make_due(video, Video.objects.at_risk())


def _make_due(video: Video, rows: VideoQuerySet[Video]) -> bool:
    # A claimed row is left alone: another worker could claim it while the first one works
    is_due = bool(rows.filter(pk=video.pk, crashed_claims=0).update(due_at=clock.now()))
    if is_due:
        enqueue(video)
    return is_due


def delete_video(video: Video) -> None:
    """Delete a video with its files; a worker that makes it stops."""
    video.cancel()
    files, owner, assets = workspace.list_stored_films(video), video.owner, assets_of(video)
    video.delete()
    _delete_files_on_commit(files)
    delete_unused_assets(owner, assets)


def delete_song(track: Track, videos: Iterable[Video] = ()) -> None:
    """Delete a song and those ``videos`` of it, and what of it is in the trash, with all files.

    Raises ``ProtectedError``, and nothing is deleted, if there are other videos of it.
    """
    files = [str(file.name) for file in (track.audio, track.cover, track.thumbnail) if file]
    with transaction.atomic():
        for video in (*videos, *Video.with_trash.trashed().filter(track=track)):
            delete_video(video)
        track.delete()
        if not track.music_task.tracks.exists():
            track.music_task.delete()
        _delete_files_on_commit(files)


def _delete_files_on_commit(names: list[str]) -> None:
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
