"""The demo song, and the demo accounts of a development machine."""

import json
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from tests.factories import a_user
from videos import demo
from videos.demo import setup
from videos.models import Track, User
from videos.render.lyrics import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def development(settings, tmp_path: Path) -> Path:
    settings.DEBUG = True
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_it_is_never_made_on_a_real_site(settings):
    settings.DEBUG = False
    with pytest.raises(RuntimeError, match="development machines only"):
        setup.make_demo()
    assert not User.objects.exists()


def test_its_log_ins_work(development):
    for account in setup.make_demo():
        user = authenticate(None, email=account.email, password=account.password)
        assert user is not None
        assert user.is_superuser is (account.email == "admin@example.com")


def test_only_the_owner_can_read_its_passwords(development):
    accounts = setup.make_demo()
    path = development / "demo-logins.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text()) == {account.email: account.password for account in accounts}
    assert len({account.password for account in accounts}) == 2


def test_a_second_start_changes_nothing(development):
    assert setup.make_demo() == setup.make_demo()
    assert Track.objects.count() == 1
    assert User.objects.count() == 2


def test_a_new_folder_on_an_old_database_gets_log_ins_that_work(development):
    setup.make_demo()
    (development / "demo-logins.json").unlink()
    for account in setup.make_demo():
        assert authenticate(None, email=account.email, password=account.password)


def test_a_deleted_demo_song_comes_back_but_no_second_one(development):
    setup.make_demo()
    track = Track.objects.get()
    track.title = "Mine now"
    track.save(update_fields=["title"])
    setup.make_demo()
    assert Track.objects.get().title == "Mine now"


def test_its_song_is_complete():
    track = setup.make_demo_song(a_user())
    assert (track.title, track.tags) == (demo.TITLE, demo.TAGS)
    assert track.duration > 40
    assert track.loudness == pytest.approx(-14, abs=1)
    assert track.audio.size == demo.AUDIO.stat().st_size
    assert track.cover.size == demo.COVER.stat().st_size
    assert len(parse(track.lyrics, track.duration)) >= 10
    assert Path(track.audio.path).suffix == ".mp3"
