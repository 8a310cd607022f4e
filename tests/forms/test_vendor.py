"""Forms that name a vendor."""

import pytest

from tests.factories import a_playable_track, a_track, a_user
from videos.forms.vendor import AdoptForm, FindSongForm, RetryForm, is_id
from videos.models import Track

pytestmark = pytest.mark.django_db


@pytest.fixture
def kie(settings):
    settings.VENDORS = {"kie": {"api_key": "k", "base_url": "https://api.kie.ai"}}


@pytest.mark.parametrize("text", ["a", "5c79be8e-0f3b:4d6c.~_", "x" * 100])
def test_this_may_be_an_id(text):
    assert is_id(text)
    assert AdoptForm({"vendor_task_id": text}).is_valid()


@pytest.mark.parametrize("text", ["", "a b", "é", "a/b", "x" * 101, "a\n"])
def test_this_is_none(text):
    assert not is_id(text)


def test_a_song_of_both_ids_is_added_without_a_look_up(kie):
    form = FindSongForm({"vendor": "kie", "task_id": "t-1", "audio_id": "a-1"})
    assert form.is_valid()
    track = form.add_song(a_user())
    assert (track.music_task.task_id, track.audio_id) == ("t-1", "a-1")


def test_without_the_audio_id_nothing_is_added(kie):
    form = FindSongForm({"vendor": "kie", "task_id": "t-1"})
    assert form.is_valid()
    assert form.add_song(a_user()) is None
    assert form.errors["audio_id"] == ["Paste the audio id, too."]
    assert not Track.objects.exists()


def test_only_vendors_that_are_set_up_can_be_chosen(kie):
    assert not FindSongForm({"vendor": "crun", "task_id": "t-1"}).is_valid()


def test_a_retry_offers_who_can_make_the_film(kie):
    assert RetryForm({"provider": "builtin"}, a_playable_track()).is_valid()
    assert RetryForm({}, a_track()).is_valid()
    assert not RetryForm({"provider": "kie"}, a_playable_track()).is_valid()
