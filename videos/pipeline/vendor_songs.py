"""Songs that vendors made: looked up by the id of their task, refreshed, with aligned words."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from videos import clock
from videos.models import LyricsState, LyricsVersion, MusicTask, Origin, Track, User
from videos.models.track import WORD_TIMES_TIMEOUT
from videos.pipeline import vendor_calls
from videos.pipeline.song_records import keeps_outcome, merge_records, vendor_values
from videos.providers.base import MusicRecord, SongTrack
from videos.providers.errors import MediaError, ProviderError, Transient
from videos.statuses import MusicStatus

MIN_POLL_INTERVAL = timedelta(seconds=3)  # between two polls of one music task
TRACK_SPACING = timedelta(milliseconds=1)  # between the creation times of a task's tracks

# Columns that the vendor's newest value replaces always; the owner may correct all others
OVERWRITTEN = {"audio_url", "image_url"}


def find_song(owner: User, provider: str, task_id: str) -> MusicTask:
    """Request a music task from its vendor and store it, with its tracks, for ``owner``.

    Raises ``ProviderError`` with a sentence.
    """
    record = vendor_calls.music_record(vendor_calls.get_vendor(provider), task_id)
    return _store(owner, provider, task_id, record)


def refresh_song(task: MusicTask) -> MusicTask:
    """Poll a task that is still in the making, unless it was polled just now."""
    now = clock.now()
    if task.is_final or (task.polled_at and now - task.polled_at < MIN_POLL_INTERVAL):
        return task
    return find_song(task.owner, task.provider, task.task_id)


def add_song_by_ids(owner: User, provider: str, task_id: str, audio_id: str) -> Track:
    """Store a song of which only the ids are known; raises ``ProviderError``."""
    vendor_calls.get_vendor(provider)
    with transaction.atomic():
        task, _created = MusicTask.objects.get_or_create(
            owner=owner,
            provider=provider,
            task_id=task_id,
            defaults={
                "status": MusicStatus.SUCCESS,
                "operation_type": MusicTask.Operation.GENERATE,
            },
        )
        return Track.objects.get_or_create(music_task=task, audio_id=audio_id)[0]


def fetch_word_times(track: Track, *, again: bool = False) -> bool:
    """Fetch the vendor's aligned words, once: the vendor bills the request.

    A request whose answer was lost may have been billed, so it is repeated only ``again``, which
    is for the owner to decide. False where nothing was requested: the row has the words, they are
    being requested, or nobody has decided. Raises ``ProviderError``.
    """
    task = track.music_task
    vendor = vendor_calls.get_vendor(task.provider)
    now = clock.now()
    idle = Q(aligned_words_requested_at__isnull=True)
    if again:
        idle |= Q(aligned_words_requested_at__lt=now - WORD_TIMES_TIMEOUT)
    rows = Track.objects.filter(idle, pk=track.pk, aligned_words__isnull=True)
    if not rows.update(aligned_words_requested_at=now):
        return False
    try:
        words = vendor_calls.call(vendor, lambda: vendor.word_times(task.task_id, track.audio_id))
        if not words:
            raise MediaError(_("The vendor has no word times of this song."))
    except ProviderError as error:
        if not (
            isinstance(error, Transient) and error.may_have_arrived
        ):  # then it may have been billed
            Track.objects.filter(pk=track.pk).update(aligned_words_requested_at=None)
        raise
    Track.objects.filter(pk=track.pk).update(aligned_words=words, use_aligned_words=False)
    track.refresh_from_db(fields=["aligned_words", "lyrics", "lyrics_offset", "use_aligned_words"])
    state = replace(LyricsState.of(track), use_aligned_words=True)
    LyricsVersion.objects.save_state(track, state, Origin.VENDOR)
    return True


def _store(owner: User, provider: str, task_id: str, record: MusicRecord) -> MusicTask:
    ids = {"owner": owner, "provider": provider, "task_id": task_id}
    with transaction.atomic():
        defaults = {"operation_type": MusicTask.Operation.GENERATE}
        MusicTask.objects.get_or_create(**ids, defaults=defaults)
        task = MusicTask.objects.select_for_update().get(**ids)
        previous = task.record
        _update_task(task, record)
        # The newest row comes first in every list, and the vendor's first track should
        for number, song in enumerate(record.tracks):
            created_at = task.created_at - number * TRACK_SPACING
            texts = vendor_values(previous, song.audio_id)
            _store_track(task, song, created_at, texts)
    return task


def _update_task(task: MusicTask, record: MusicRecord) -> None:
    if record.operation_type in MusicTask.Operation.values:
        task.operation_type = record.operation_type
    if not keeps_outcome(task.status, record):
        task.status, task.error_message = record.status, record.error_message[:500]
    task.record = merge_records(task.record, record.raw)
    task.polled_at = clock.now()
    task.save(
        update_fields=["operation_type", "status", "error_message", "record", "polled_at"],
    )


def _store_track(task: MusicTask, song: SongTrack, created_at: datetime, texts: set[str]) -> None:
    """Store a track; a text that the vendor told before is replaced, one of the owner's is not."""
    values = {
        "title": song.title,
        "tags": song.tags,
        "model_name": song.model_name,
        "lyrics": song.lyrics,
        "audio_url": song.audio_url or song.stream_url,
        "image_url": song.image_url,
        "duration": song.duration,
    }
    track, created = Track.objects.get_or_create(
        music_task=task, audio_id=song.audio_id, defaults=values
    )
    if created:
        Track.objects.filter(pk=track.pk).update(created_at=created_at)
        return
    changes = {
        name: value
        for name, value in values.items()
        if value
        and (name in OVERWRITTEN or not getattr(track, name) or getattr(track, name) in texts)
    }
    if changes:
        Track.objects.filter(pk=track.pk).update(**changes)
