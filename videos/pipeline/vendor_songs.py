"""Songs that vendors made: looked up by their task's id, followed, and timed word by word."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from videos.models import MusicTask, Track, User
from videos.pipeline import vendor_calls
from videos.providers.base import MusicRecord, SongTrack
from videos.providers.errors import MediaError, ProviderError, Transient
from videos.statuses import MusicStatus

ASKED_JUST_NOW = timedelta(seconds=3)
ONE_LATER = timedelta(milliseconds=1)
ABANDONED = timedelta(minutes=2)  # after which nobody waits for word times any more

# What a vendor knows better each time; the rest is the creator's to correct
FRESH = {"audio_url", "image_url"}


def find_song(owner: User, provider: str, task_id: str) -> MusicTask:
    """Look a music task up at its vendor and keep it, with its tracks, for ``owner``.

    Raises ``ProviderError`` with a sentence.
    """
    record = vendor_calls.music(vendor_calls.named(provider), task_id)
    return _store(owner, provider, task_id, record)


def follow_song(task: MusicTask) -> MusicTask:
    """Ask again about a task that is still in the making, unless somebody did just now."""
    now = timezone.now()
    if task.is_final or (task.asked_at and now - task.asked_at < ASKED_JUST_NOW):
        return task
    return find_song(task.owner, task.provider, task.task_id)


def song_by_hand(owner: User, provider: str, task_id: str, audio_id: str) -> Track:
    """Keep a song of which only the ids are known; raises ``ProviderError``."""
    vendor_calls.named(provider)
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


def fetch_word_times(track: Track) -> bool:
    """Fetch the times of each word from the vendor, once: it bills the question.

    False where they are there, or somebody asks for them right now. Raises ``ProviderError``.
    """
    task = track.music_task
    asked = vendor_calls.named(task.provider)
    now = timezone.now()
    idle = Q(words_asked_at__isnull=True) | Q(words_asked_at__lt=now - ABANDONED)
    mine = Track.objects.filter(idle, pk=track.pk, words__isnull=True)
    if not mine.update(words_asked_at=now):
        return False
    try:
        words = vendor_calls.ask(asked, lambda: asked.word_times(task.task_id, track.audio_id))
        if not words:
            raise MediaError(_("The vendor has no word times of this song."))
    except ProviderError as error:
        if not (isinstance(error, Transient) and error.sent):  # then it may have been billed
            Track.objects.filter(pk=track.pk).update(words_asked_at=None)
        raise
    Track.objects.filter(pk=track.pk).update(words=words, use_words=True)
    track.refresh_from_db(fields=["words", "use_words"])
    return True


def _store(owner: User, provider: str, task_id: str, record: MusicRecord) -> MusicTask:
    known = set(MusicTask.Operation.values)
    operation = record.operation_type
    with transaction.atomic():
        task, _created = MusicTask.objects.update_or_create(
            owner=owner,
            provider=provider,
            task_id=task_id,
            defaults={
                "status": record.status,
                "error_message": record.error_message[:500],
                "operation_type": operation if operation in known else "generate",
                "asked_at": timezone.now(),
                "record": record.raw,
            },
        )
        # The newest row comes first in every list, and the vendor's first track should
        for number, song in enumerate(record.tracks):
            _store_track(task, song, task.created_at - number * ONE_LATER)
    return task


def _store_track(task: MusicTask, song: SongTrack, created_at: datetime) -> None:
    said = {
        "title": song.title,
        "tags": song.tags,
        "model_name": song.model_name,
        "lyrics": song.lyrics,
        "audio_url": song.audio_url or song.stream_url,
        "image_url": song.image_url,
        "duration": song.duration,
    }
    track, created = Track.objects.get_or_create(
        music_task=task, audio_id=song.audio_id, defaults=said
    )
    if created:
        Track.objects.filter(pk=track.pk).update(created_at=created_at)
        return
    news = {
        name: value
        for name, value in said.items()
        if value and (name in FRESH or not getattr(track, name))
    }
    if news:
        Track.objects.filter(pk=track.pk).update(**news)
