"""Sound and cover of a song: for its owner, from our storage, fetched from a vendor once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

from tests import media_files
from tests.factories import a_finished_video, a_playable_track, a_track, a_user
from videos.models import MusicTask, User, Video
from videos.outbound.downloads import DownloadError
from videos.payloads import film_urls, song_urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return a_playable_track(lyrics="[00:00.10]first\n[00:00.50]second")


@pytest.fixture
def me(client, track):
    client.force_login(track.music_task.owner)
    return track.music_task.owner


def test_its_owner_hears_and_sees_it(client, me, track):
    for page, kind in (("audio", "audio/wav"), ("cover", "image/jpeg")):
        response = client.get(f"/songs/{track.pk}/{page}/", headers={"Range": "bytes=0-9"})
        assert (response.status_code, response["Content-Type"]) == (206, kind)
        assert response["Cache-Control"].startswith("private")
        assert len(b"".join(response)) == 10


def test_a_number_that_no_song_can_have_is_not_found(client, me):
    for page in ("", "audio/", "cover/"):
        assert client.get(f"/songs/{'9' * 40}/{page}").status_code == 404


def test_a_song_without_files_has_none(client, me):
    bare = a_track(me)
    assert client.get(f"/songs/{bare.pk}/audio/").status_code == 404
    assert client.get(f"/songs/{bare.pk}/cover/").status_code == 404
    assert client.get(f"/songs/{bare.pk}/").status_code == 200


def test_files_from_an_address_that_somebody_gave_are_never_fetched_by_a_page(
    client, me, monkeypatch
):
    monkeypatch.setattr(
        "videos.pipeline.song_files.download", lambda *_, **__: pytest.fail("fetched")
    )
    song = a_track(me, audio_url="https://example.com/a.mp3", image_url="https://example.com/c")
    for page in ("audio", "cover"):
        assert client.get(f"/songs/{song.pk}/{page}/").status_code == 404


def test_a_vendor_that_did_not_answer_is_left_alone_for_a_while(client, me, monkeypatch):
    timeouts = []

    def slow(url: str, *_: object, total_timeout: float, **__: object) -> None:
        timeouts.append(total_timeout)
        raise DownloadError("It takes too long.")

    monkeypatch.setattr("videos.pipeline.song_files.download", slow)
    song = a_track(me, image_url="https://example.com/c")
    MusicTask.objects.update(operation_type="generate", provider="kie")
    for _ in range(3):
        assert client.get(f"/songs/{song.pk}/cover/").status_code == 404
    assert timeouts == [10.0]


def test_a_song_for_which_there_is_no_room_is_a_sentence(client, me, monkeypatch):
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("suno_portal.backends.storage.TidyFileSystemStorage.save", full)
    page = client.post("/songs/new/", {"audio": SimpleUploadedFile("a.wav", media_files.wav())})
    assert page.status_code == 200
    assert "This site has no room for files at the moment." in page.content.decode()


# Every address that needs no log-in and belongs to somebody, with a person who shares everything
PAGES = (
    *("share", "embed", "report", "more", "more_feed", "qr", "film", "poster"),
    *("lyrics_vtt", "lyrics_srt", "lyrics_lrc"),
    *("preview_picture", "small_poster", "thumbnail", "teaser"),
)
SHARED = (*PAGES, "api_film", "api_audio", "api_cover")


def shared_addresses(video) -> dict[str, str]:
    urls = [
        film_urls.url(video),
        song_urls.audio_url(video.track),
        song_urls.cover_url(video.track),
    ]
    files = dict(zip(("api_film", "api_audio", "api_cover"), urls, strict=True))
    pages = {name: reverse(f"videos:{name}", args=[video.slug]) for name in PAGES}
    return pages | {name: url.removeprefix("http://testserver") for name, url in files.items()}


@pytest.mark.parametrize("name", SHARED)
def test_a_person_who_is_switched_off_shares_nothing(client, name):
    user = a_user()
    song = a_playable_track(user, lyrics="[00:00.10]first")
    video = a_finished_video(user, song, visibility="public")
    Video.objects.update(**dict.fromkeys(PAGES[-4:], str(video.poster.name)))
    address = shared_addresses(video)[name]
    for is_active, status in ((True, 200), (False, 404), (True, 200)):
        User.objects.update(is_active=is_active)
        for method in (client.get, client.head):
            response = method(address)
            b"".join(response)  # closes the file
            assert response.status_code == status


def test_every_address_that_needs_no_log_in_is_tried_or_belongs_to_nobody():
    of_nobody = {
        *(
            "home",
            "oembed",
            "healthz",
            "readyz",
            "metrics",
            "language",
            "security_txt",
            "callback",
            "upload_permission",
        ),
        *("invitation", "approval_pending", "robots", "sitemap", "sitemap_file"),
        *("favicon", "touch_icon", "manifest", "ready_mails_stop"),
        *("view_page", "view_embed"),  # posted to: test_who_may_watch.py tries them
    }
    public = {
        each.name
        for each in flat(get_resolver("videos.urls"))
        if not getattr(each.callback, "login_required", True)
    }
    assert public == {*SHARED, *of_nobody}


def flat(resolver) -> list:
    inner = [
        flat(each) if hasattr(each, "url_patterns") else [each] for each in resolver.url_patterns
    ]
    return [each for group in inner for each in group]
