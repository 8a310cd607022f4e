"""The forms of a song that was dropped; the tests of its view have the whole way."""

import pytest

from tests.factories import a_track, a_user
from videos.forms.dropped_song import BatchForm, find_upload
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


def test_the_options_propose_no_artist():
    owner = a_user(author="Usual", domain_name="a.example")
    a_track(owner, artist="Somebody")
    form = BatchForm(owner)
    assert form["author"].value() == ""
    assert form["domain_name"].value() == "a.example"
