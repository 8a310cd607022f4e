"""Files of new rows are stored before the transaction that writes them."""

import pytest
from django.db import connection

from suno_portal.backends.storage import TidyFileSystemStorage
from tests import media_files
from tests.factories import a_playable_track, a_user
from tests.forms.uploads import form_of, upload
from videos.demo.setup import make_demo_song
from videos.forms.song import SongEditForm
from videos.pipeline import store_backdrop


@pytest.fixture
def transactions(monkeypatch):
    """Collect whether a transaction was open at each file that was stored."""
    collected = []

    def save(storage, *args, save=TidyFileSystemStorage.save, **kwargs):
        collected.append(connection.in_atomic_block)
        return save(storage, *args, **kwargs)

    monkeypatch.setattr(TidyFileSystemStorage, "save", save)
    return collected


def edit_cover(owner):
    track = a_playable_track(owner)
    files = {"cover": upload(media_files.jpeg(), "cover.jpg")}
    form = SongEditForm({"lyrics_offset": "0"}, files, instance=track)
    assert form.is_valid(), form.errors
    form.save()


def upload_song(owner):
    form = form_of(upload(media_files.wav(), "song.wav"))
    assert form.is_valid(), form.errors
    assert form.save(owner).audio.size


def bring_picture(owner):
    store_backdrop(owner, [upload(media_files.jpeg(), "picture.jpg")])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("bring", [upload_song, edit_cover, bring_picture, make_demo_song])
def test_a_storage_that_is_slow_holds_no_transaction(transactions, bring):
    bring(a_user())
    assert transactions
    assert not any(transactions)
