"""Ordering films, and everything that people decide about them afterwards."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import partial

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from videos.media import workspace
from videos.models import Event, Track, User, Video
from videos.models.video_queryset import VideoQuerySet
from videos.pipeline import quota
from videos.providers.base import Vendor
from videos.providers.builtin import BuiltinProvider
from videos.providers.registry import builtin, vendors
from videos.queue import nudge
from videos.render.options import DEFAULT_STYLE, StyleOptions


def providers_for(track: Track) -> list[Vendor | BuiltinProvider]:
    """Return who can make a film of ``track``, its own vendor first.

    Vendors know only what was made by vendors; the renderer needs something to listen to.
    """
    own = track.music_task.provider
    others = [] if track.music_task.is_uploaded else vendors()
    offered: list[Vendor | BuiltinProvider] = sorted(others, key=lambda each: each.key != own)
    return [*offered, builtin()] if track.has_sound else offered


@dataclass(frozen=True)
class OrderRequest:
    """A film as somebody wants it, whoever makes it and however it was asked for.

    ``author`` and ``domain_name`` have at most 50 characters. A repeated ``form_token`` or
    ``order_key`` marks a repeat. ``webhook_url`` is told the outcome, with the field names of
    ``webhook_family``. Only our own renderer obeys ``style``.
    """

    track: Track
    provider: str
    author: str
    domain_name: str
    style: StyleOptions = DEFAULT_STYLE
    form_token: uuid.UUID | None = None
    order_key: str = ""
    webhook_url: str = ""
    webhook_family: str = ""


def order(owner: User, request: OrderRequest) -> tuple[Video, bool]:
    """Order a film; return its row and whether it is new. Raises ``QuotaReached``.

    A repeated ``form_token`` returns the first row, and so does a second order of the same song at
    the same vendor, which makes it once only, or with the same ``order_key``, as long as the first
    has not failed.
    """
    matching = Video.objects.matching_order(
        owner, request.track, request.provider, request.order_key
    )
    if first := matching.first():
        return first, False
    try:
        return _create(owner, request)
    except IntegrityError:  # somebody ordered the same at the same moment
        if first := matching.first():
            return first, False
        raise


def _create(owner: User, request: OrderRequest) -> tuple[Video, bool]:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)  # nobody else counts meanwhile
        same_form = Video.objects.filter(owner=owner, form_token=request.form_token)
        if request.form_token and (first := same_form.first()):
            return first, False
        quota.check_order(owner)
        columns = {each.name: getattr(request, each.name) for each in fields(request)}
        style: StyleOptions = columns.pop("style")
        video = Video.objects.create(
            owner=owner,
            queue_position_at=Video.objects.next_queue_position(owner, request.provider),
            due_at=timezone.now(),
            **columns,
            **style.values(),
        )
        video.log_event(Event.Kind.ORDERED)
        nudge(video)
    return video, True


def cancel(video: Video) -> bool:
    """Stop a video in the making; whoever works on it notices within a second."""
    return video.cancel()


def try_again(video: Video, provider: str = "") -> bool:
    """Order a failed or cancelled video once more on the same page, elsewhere if so wanted.

    False where there is nothing to mend, or where its owner has another one of the same song at
    that vendor.
    """
    try:
        retried = video.retry(provider)
    except IntegrityError:
        return False
    if retried:
        video.refresh_from_db()
        nudge(video)
    return retried


def ask_now(video: Video) -> bool:
    """Let a worker ask the vendor of ``video`` at once; False where nothing is awaited of it."""
    return not video.is_rendered_here and _due_now(video, Video.objects.pending())


def copy_now(video: Video) -> bool:
    """Let a worker copy the film at once; False where it is ours, or nobody's."""
    return _due_now(video, Video.objects.at_risk())


def _due_now(video: Video, rows: "VideoQuerySet[Video]") -> bool:
    # A row that somebody works on is left alone: its claim would be taken away
    woken = rows.filter(pk=video.pk, crashed_claims=0).update(due_at=timezone.now())
    if woken:
        nudge(video)
    return bool(woken)


def remove(video: Video) -> None:
    """Delete a video with its files; a worker that makes it stops."""
    video.cancel()
    files = workspace.stored_films(video)
    video.delete()
    _delete_later(files)


def remove_song(track: Track, videos: Iterable[Video] = ()) -> None:
    """Delete a song and those ``videos`` of it, with all files.

    Raises ``ProtectedError``, and nothing is deleted, if there are other videos of it.
    """
    files = [str(file.name) for file in (track.audio, track.cover) if file]
    with transaction.atomic():
        for video in videos:
            remove(video)
        track.delete()
        if not track.music_task.tracks.exists():
            track.music_task.delete()
        _delete_later(files)


def _delete_later(names: list[str]) -> None:
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
