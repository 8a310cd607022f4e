"""The verbs of uploads, and what is tidied; the protocol's tests have the rest."""

import os
import time

import pytest
from django.utils import timezone

from tests.factories import a_user
from videos.housekeeping import run
from videos.media import partial_files
from videos.models import Upload
from videos.pipeline import uploads
from videos.pipeline.uploads import TooMuchData, begin, discard, receive

pytestmark = pytest.mark.django_db


def test_a_piece_stays_up_to_the_end_that_the_file_was_to_have():
    upload = begin(a_user(), "a.mp3", 5)
    with pytest.raises(TooMuchData):
        receive(upload, 0, [b"abc", b"def"])
    assert receive(upload, 3, [b"de"]) == 5
    assert partial_files.path_of(upload).read_bytes() == b"abcde"


def test_a_discarded_upload_is_gone():
    upload = begin(a_user(), "a" * 300, 5)
    assert len(upload.name) == 255
    discard(upload)
    assert not Upload.objects.exists()
    assert partial_files.list_files() == []


def test_housekeeping_deletes_what_nobody_resumed_and_files_without_rows():
    resumable, expired, orphan, young = (begin(a_user(), "a.mp3", 5) for _ in range(4))
    Upload.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    Upload.objects.filter(pk__in=(orphan.pk, young.pk)).delete()
    old = time.time() - 2 * uploads.ORPHAN_AGE
    os.utime(partial_files.path_of(orphan), (old, old))
    assert run("uploads", is_trial=True) == "would delete 2"
    assert run("uploads") == "deleted 2"
    left = {partial_files.path_of(upload) for upload in (resumable, young)}
    assert set(partial_files.list_files()) == left
    assert list(Upload.objects.all()) == [resumable]
