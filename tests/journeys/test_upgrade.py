"""Migration 0011 renames fields and models, and touches neither tables nor columns nor rows."""

import uuid
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from videos.models import ApiKey, Delivery, IdempotentResponse, RateLimitSlot, Track, Video

BEFORE = [("videos", "0010_storage_trouble")]


@pytest.fixture
def old_apps(transactional_db):
    MigrationExecutor(connection).migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    call_command("migrate", "videos", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_it_needs_no_statement() -> None:
    output = StringIO()
    call_command("sqlmigrate", "videos", "0011", stdout=output)
    statements = [line for line in output.getvalue().splitlines() if not line.startswith("--")]
    assert [line for line in statements if line not in ("", "BEGIN;", "COMMIT;")] == []


def test_rows_of_before_are_there_afterwards(old_apps) -> None:
    old = old_apps.get_model
    now = timezone.now()
    owner = old("videos", "User").objects.create(email="ada@example.com")
    task = old("videos", "MusicTask").objects.create(owner=owner, task_id="t", tries=1)
    track = old("videos", "Track").objects.create(
        music_task=task, audio_id="a", words=[{"word": "la"}], use_words=False
    )
    video = old("videos", "Video").objects.create(
        **{"owner": owner, "track": track, "provider": "kie", "attempt": 7, "tries": 2, "posts": 1},
        **{"hinted": True, "polls": 3, "trouble": "down", "copy_tries": 4, "turn_at": now},
        **{"callback_url": "https://example.com/c", "callback_family": "suno", "asked_at": now},
    )
    old("videos", "Delivery").objects.create(
        video=video, owner=owner, state="overtaken", calls=2, outcome="SUCCESS"
    )
    key = old("videos", "ApiKey").objects.create(owner=owner, name="k", shown="ak_1234", digest="d")
    old("videos", "Answered").objects.create(
        api_key=key, path="/p", idempotency_key="i", asked="x", answer={"code": 200}
    )
    old("videos", "Turn").objects.create(name="n", number=0, taken_at=1.5)

    call_command("migrate", "videos", verbosity=0)

    row = Video.objects.get(pk=uuid.UUID(str(video.pk)))
    assert (row.fencing_token, row.crashed_claims, row.unconfirmed_submissions) == (7, 2, 1)
    assert (row.callback_received, row.poll_count, row.copy_failures) == (True, 3, 4)
    assert (row.delay_reason, row.queue_position_at, row.polled_at) == ("down", now, now)
    assert (row.webhook_url, row.webhook_family) == ("https://example.com/c", "suno")
    stored = Track.objects.get(pk=track.pk)
    assert (stored.aligned_words, stored.use_aligned_words) == ([{"word": "la"}], False)
    assert stored.music_task.crashed_claims == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempt_count) == (Delivery.State.SUPERSEDED, 2)
    assert ApiKey.objects.get().prefix == "ak_1234"
    response = IdempotentResponse.objects.get()
    assert (response.request_digest, response.response) == ("x", {"code": 200})
    assert RateLimitSlot.objects.get().taken_at == 1.5
