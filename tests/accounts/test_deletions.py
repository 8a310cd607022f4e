"""Deletions of accounts: nothing is left, and they can be resumed."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import (
    a_delivery,
    a_finished_video,
    a_mail,
    a_playable_track,
    a_user,
    a_video,
)
from videos import accounts, pipeline
from videos.accounts.notices import notify
from videos.models import (
    AccountDeletion,
    AccountEvent,
    AccountExport,
    ApiKey,
    Delivery,
    Mail,
    MusicTask,
    Track,
    User,
    Video,
    WebhookKey,
)

pytestmark = pytest.mark.django_db(transaction=True)
OF_PEOPLE = (AccountEvent, AccountExport, ApiKey, Delivery, MusicTask, Track, Video, WebhookKey)


def with_everything(email: str) -> User:
    user = a_user(email)
    track = a_playable_track(user)
    a_delivery(a_finished_video(user, track, webhook_url="https://client.example/"))
    a_video(user)
    ApiKey.objects.issue(user, "Bot")
    WebhookKey.objects.renew(user)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    a_mail(email, state=Mail.State.SENT)
    return user


def files(folder: str = "") -> list[str]:
    folders, names = default_storage.listdir(folder)
    inner = [name for each in folders for name in files(f"{folder}/{each}".strip("/"))]
    return [*inner, *(f"{folder}/{name}" for name in names)]


def test_everything_of_one_person_goes_and_nothing_of_others(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path
    bob = with_everything("bob@example.com")
    stored = set(files())
    ann = with_everything("ann@example.com")
    AccountExport.objects.order(ann)
    accounts.export_next()
    notify(ann, AccountEvent.Kind.EXPORT_REQUESTED)
    row = AccountDeletion.objects.order(ann)
    assert accounts.delete_next()
    assert list(User.objects.all()) == [bob]
    assert set(files()) == stored
    for model in OF_PEOPLE:
        owner = {AccountEvent: "user", WebhookKey: "user", Track: "music_task__owner"}.get(
            model, "owner"
        )
        assert set(model.objects.values_list(owner, flat=True)) <= {bob.pk}, model
    assert not Mail.objects.filter(recipient="ann@example.com", state=Mail.State.SENT).exists()
    row.refresh_from_db()
    assert (row.state, row.user, row.account_id) == ("done", None, ann.pk)
    assert (row.deleted_videos, row.deleted_songs) == (2, 2)
    assert not accounts.delete_next()


def test_the_account_is_switched_off_at_once(client):
    ann = with_everything("ann@example.com")
    client.force_login(ann)
    AccountDeletion.objects.order(ann)
    assert client.get("/videos/")["Location"].startswith("/accounts/login/")
    assert not ApiKey.objects.usable().exists()


def test_a_deletion_is_ordered_once():
    ann = with_everything("ann@example.com")
    assert AccountDeletion.objects.order(ann) == AccountDeletion.objects.order(ann)


def test_it_goes_on_where_a_lost_worker_stopped():
    ann = with_everything("ann@example.com")
    row = AccountDeletion.objects.order(ann)
    claimed = AccountDeletion.objects.claim(row.pk)
    pipeline.delete_video(Video.objects.first())
    assert claimed.count_deleted(videos=1)  # and then its worker is killed
    AccountDeletion.objects.update(due_at=timezone.now())
    assert accounts.delete_next()
    row.refresh_from_db()
    assert (row.state, row.deleted_videos) == ("done", 2)


def test_a_worker_that_lost_the_row_stops():
    ann = with_everything("ann@example.com")
    row = AccountDeletion.objects.order(ann)
    claimed = AccountDeletion.objects.claim(row.pk)
    AccountDeletion.objects.filter(pk=row.pk).update(fencing_token=9)
    accounts.delete_everything(ann, claimed)
    assert User.objects.filter(pk=ann.pk).exists()


def test_one_that_keeps_failing_waits_for_an_operator():
    ann = with_everything("ann@example.com")
    row = AccountDeletion.objects.order(ann)
    AccountDeletion.objects.filter(pk=row.pk).update(crashed_claims=3)
    accounts.delete_next()
    row.refresh_from_db()
    assert (row.state, row.error_message[:11]) == ("failed", "The workers")
    assert row.retry()
    assert accounts.delete_next()
    assert not User.objects.exists()
