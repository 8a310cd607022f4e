"""Rows of files that arrive in pieces."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_track, a_user
from videos.models import Upload

pytestmark = pytest.mark.django_db


def an_upload(size: int = 5, **fields: object) -> Upload:
    return Upload.objects.create(owner=fields.pop("owner", None) or a_user(), size=size, **fields)


def test_an_upload_expires_a_day_after_its_last_piece():
    upload = an_upload()
    assert upload.expires_at - timezone.now() < timedelta(hours=1)  # there is none yet
    upload.renew()
    expires_at = upload.expires_at
    assert expires_at - timezone.now() > timedelta(hours=23)
    upload.renew()
    assert upload.expires_at == expires_at  # not each piece writes
    upload.expires_at -= timedelta(hours=1)
    upload.save(update_fields=["expires_at"])
    upload.renew()
    assert Upload.objects.get().expires_at > expires_at
    Upload.objects.update(expires_at=timezone.now())
    assert list(Upload.objects.expired()) == [upload]
    assert not Upload.objects.active().exists()


def test_what_became_a_song_counts_no_more():
    owner = a_user()
    upload = an_upload(owner=owner)
    an_upload(7, owner=owner)
    assert Upload.objects.for_user(owner).total_size() == 12
    upload.set_track(a_track(owner))
    assert Upload.objects.for_user(owner).total_size() == 7
    assert str(upload) == upload.pk.hex
