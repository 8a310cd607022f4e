"""The forms of a song that was dropped; the tests of its view have the whole way."""

import pytest
from django.http import QueryDict

from tests import media_files
from tests.factories import a_track, a_user
from videos.forms.dropped_song import BatchForm, DroppedSongForm, find_upload
from videos.models import Track
from videos.pipeline import uploads

pytestmark = pytest.mark.django_db


def test_an_upload_is_found_once_it_is_whole_and_by_its_owner():
    owner = a_user()
    upload = uploads.begin(owner, "a.mp3", 3)
    assert find_upload(owner, str(upload.pk)) is None
    uploads.receive(upload, 0, [b"abc"])
    assert find_upload(owner, str(upload.pk)) == upload
    assert find_upload(a_user(), str(upload.pk)) is None
    assert find_upload(owner, "no id") is None
    upload.set_track(a_track(owner))
    assert find_upload(owner, str(upload.pk)).track


def test_of_two_forms_of_one_upload_the_slower_one_finds_the_song():
    owner, data = a_user(), media_files.wav()
    upload = uploads.begin(owner, "Ann - Night.wav", len(data))
    uploads.receive(upload, 0, [data])
    forms = [DroppedSongForm.from_uploads(QueryDict("title=Night"), upload, None) for _ in range(2)]
    assert all(form.is_valid() for form in forms)
    tracks = {form.save(owner) for form in forms}
    for form in forms:
        form.close()
    assert tracks == set(Track.objects.all())
    assert len(tracks) == 1


def test_the_options_propose_no_artist():
    owner = a_user(author="Usual", domain_name="a.example")
    a_track(owner, artist="Somebody")
    form = BatchForm(owner)
    assert form["author"].value() == ""
    assert form["domain_name"].value() == "a.example"
