"""Ordering films, and everything that people decide about them afterwards."""

import uuid
from collections.abc import Iterable
from functools import partial
from typing import Unpack

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from videos.media import workspace
from videos.models import Event, Track, User, Video
from videos.models.styled import Style
from videos.models.video_queryset import VideoQuerySet
from videos.pipeline import quota
from videos.providers.base import Vendor
from videos.providers.builtin import BuiltinProvider
from videos.providers.registry import builtin, vendors
from videos.queue import nudge


def providers_for(track: Track) -> list[Vendor | BuiltinProvider]:
    """Return who can make a film of ``track``, its own vendor first.

    Vendors know only what was made by vendors; the renderer needs something to listen to.
    """
    own = track.music_task.provider
    others = [] if track.music_task.is_uploaded else vendors()
    offered: list[Vendor | BuiltinProvider] = sorted(others, key=lambda each: each.key != own)
    return [*offered, builtin()] if track.has_sound else offered


def order(
    owner: User,
    track: Track,
    *,
    provider: str,
    format: str,
    author: str,
    domain_name: str,
    form_token: uuid.UUID | None = None,
    callback_url: str = "",
    callback_family: str = "",
    order_key: str = "",
    **style: Unpack[Style],
) -> tuple[Video, bool]:
    """Order a film; return its row and whether it is new.

    A repeated ``form_token`` returns the first one, and so does a second order of the same song at
    the same vendor, which makes it once only, or with the same ``order_key``, as long as the first
    has not failed. Raises ``QuotaReached``. ``callback_url`` is told of the end, in the words of
    ``callback_family``. Only our own renderer heeds ``style``.
    """
    fields = {
        "track": track,
        "provider": provider,
        "format": format,
        "author": author,
        "domain_name": domain_name,
        "callback_url": callback_url,
        "callback_family": callback_family,
        "order_key": order_key,
        "due_at": timezone.now(),
        **style,
    }
    there = Video.objects.same_order(owner, track, provider, order_key)
    if first := there.first():
        return first, False
    try:
        return _create(owner, form_token, fields)
    except IntegrityError:  # somebody ordered the same at the same moment
        if first := there.first():
            return first, False
        raise


def _create(
    owner: User, form_token: uuid.UUID | None, fields: dict[str, object]
) -> tuple[Video, bool]:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)  # whoever counts is alone
        mine = Video.objects.filter(owner=owner, form_token=form_token)
        if form_token and (first := mine.first()):
            return first, False
        quota.check_order(owner)
        turn_at = Video.objects.next_turn(owner, str(fields["provider"]))
        video = Video.objects.create(owner=owner, form_token=form_token, turn_at=turn_at, **fields)
        video.log(Event.Kind.ORDERED)
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


def _due_now(video: Video, rows: VideoQuerySet) -> bool:
    # A row that somebody works on is left alone: its claim would be taken away
    woken = rows.filter(pk=video.pk, tries=0).update(due_at=timezone.now())
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
