"""Copies of a person's data: what is in them, and how workers make them."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import a_delivery, a_finished_video, a_playable_track, a_user
from videos import accounts
from videos.accounts import exports
from videos.models import AccountExport, ApiKey, WebhookKey

pytestmark = pytest.mark.django_db(transaction=True)
State = AccountExport.State


@pytest.fixture
def ann(settings, tmp_path):
    settings.SCRATCH_DIR = tmp_path / "scratch"
    user = a_user("ann@example.com", author="Ann")
    track = a_playable_track(user, title="Nørdlys: 1/2", lyrics="la\nla")
    a_delivery(a_finished_video(user, track, webhook_url="https://client.example/"))
    return user


def make(owner) -> AccountExport:
    row = AccountExport.objects.order(owner)
    assert accounts.export_next()
    row.refresh_from_db()
    return row


def bytes_of(stored) -> bytes:
    with stored.open("rb") as file:
        return file.read()


def test_it_has_every_file_and_every_row_and_nothing_of_others(ann):
    a_finished_video(track=a_playable_track(a_user("bob@example.com"), title="Bob's"))
    _key, secret = ApiKey.objects.issue(ann, "Bot")
    webhook_key = WebhookKey.objects.renew(ann).key
    row = make(ann)
    assert row.is_ready
    with row.file.open("rb") as file, ZipFile(file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        text = b"".join(archive.read(name) for name in names if name.endswith(".json")).decode()
        video, track = ann.videos.get(), ann.videos.get().track
        film = next(name for name in names if name.startswith("films/") and "film" in name[6:])
        assert archive.read(film) == bytes_of(video.film)
        sound = f"songs/Nørdlys 1 2 ({track.pk})/audio.wav"
        assert archive.read(sound) == bytes_of(track.audio)
        assert archive.read(f"songs/Nørdlys 1 2 ({track.pk})/lyrics.txt") == b"la\nla"
        account = json.loads(archive.read("data/account.json"))[0]["fields"]
    assert account["email"] == "ann@example.com"
    assert "client.example" in text
    assert "bob@example.com" not in text + "".join(names)
    for hidden in (secret, ApiKey.objects.get().digest, webhook_key, ann.password):
        assert hidden not in text


def test_the_owner_is_mailed_when_it_is_ready(ann, mailoutbox):
    make(ann)
    assert mailoutbox[-1].to == ["ann@example.com"]
    assert "http://testserver/account/data/" in mailoutbox[-1].body


def test_nothing_temporary_is_left(ann, settings):
    make(ann)
    assert list(settings.SCRATCH_DIR.iterdir()) == []


def test_one_at_a_time_and_two_a_day(ann, settings):
    assert AccountExport.objects.order(ann)
    assert AccountExport.objects.order(ann) is None
    accounts.export_next()
    assert make(ann)
    assert AccountExport.objects.order(ann) is None
    AccountExport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert AccountExport.objects.order(ann)


def test_a_file_that_is_missing_does_not_spoil_the_rest(ann):
    default_storage.delete(ann.videos.get().film.name)
    assert make(ann).is_ready


def test_a_worker_that_is_stopped_gives_it_back(ann, settings):
    with ZipFile(io.BytesIO(), "w") as archive, pytest.raises(exports.ExportStopped):
        exports.write_archive(archive, ann, lambda: True)


def test_a_copy_whose_workers_die_fails_with_a_sentence(ann):
    row = AccountExport.objects.order(ann)
    AccountExport.objects.filter(pk=row.pk).update(crashed_claims=3)
    accounts.export_next()
    row.refresh_from_db()
    assert (row.state, row.error_message[:11]) == (State.FAILED, "The workers")


def test_a_lost_claim_leaves_no_file(ann, monkeypatch):
    row = AccountExport.objects.order(ann)
    claimed = AccountExport.objects.claim(row.pk)
    AccountExport.objects.filter(pk=row.pk).update(fencing_token=9)
    assert not claimed.mark_ready("exports/x.zip", 1)


def test_it_is_deleted_with_its_file_when_its_time_is_over(ann):
    row = make(ann)
    name = row.file.name
    accounts.tidy()
    assert default_storage.exists(name)
    AccountExport.objects.update(expires_at=timezone.now())
    accounts.tidy()
    assert not default_storage.exists(name)
    assert not AccountExport.objects.exists()
