"""A creator's songs."""

import io
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import media_files, tagged_songs
from tests.factories import a_finished_video, a_playable_track, a_track, a_user, a_video
from videos import demo
from videos.models import MusicTask, Track, Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return a_playable_track(lyrics="[00:00.10]first\n[00:00.50]second")


@pytest.fixture
def me(client, track):
    client.force_login(track.music_task.owner)
    return track.music_task.owner


def uploads():
    return list(Path(django_settings.FILE_UPLOAD_TEMP_DIR).iterdir())


PAGES = ["/songs/", "/songs/new/", "/songs/{pk}/", "/songs/{pk}/audio/", "/songs/{pk}/cover/"]


@pytest.mark.parametrize("page", PAGES)
def test_visitors_are_asked_to_log_in(client, track, page):
    assert client.get(page.format(pk=track.pk))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", PAGES[2:])
def test_strangers_see_nothing(client, track, page):
    client.force_login(a_user())
    assert client.get(page.format(pk=track.pk)).status_code == 404


@pytest.mark.parametrize("page", ["/songs/{pk}/", "/songs/{pk}/delete/"])
def test_strangers_change_nothing(client, track, page):
    address = page.format(pk=track.pk)
    assert client.post(address)["Location"].startswith("/accounts/login/")
    client.force_login(a_user())
    assert client.post(address, {"title": "Mine now"}).status_code == 404
    assert Track.objects.get().title == track.title


def test_the_list_shows_one_s_own_songs(client, me, track):
    a_track()
    response = client.get("/songs/")
    assert response.context["tracks"] == [track]
    assert response.context["has_songs"]


def test_the_list_is_searched(client, me, track):
    other = a_track(me, title="Полёт", tags="waltz")
    for query in ("полёт", "WALTZ", other.audio_id, other.music_task.task_id[:12]):
        response = client.get("/songs/", {"q": query})
        assert response.context["tracks"] == [other]
        assert response.context["has_songs"]


def test_the_list_comes_in_pages(client, me, track):
    made = [track, *(a_track(me) for _ in range(29))][::-1]
    first = client.get("/songs/")
    second = client.get("/songs/", {"after": first.context["next_page"]})
    assert first.context["tracks"] + second.context["tracks"] == made
    assert second.context["next_page"] == ""


def test_the_list_costs_few_queries(client, me, django_assert_max_num_queries):
    for _ in range(24):
        a_playable_track(me)
    session_and_user = 2
    with django_assert_max_num_queries(4 + session_and_user):
        client.get("/songs/")


def test_a_song_is_brought_and_leads_to_its_first_video(client, me):
    files = {
        "audio": SimpleUploadedFile("Morning_Light.wav", media_files.wav()),
        "cover": SimpleUploadedFile("cover.jpg", media_files.jpeg()),
        "lyrics_file": SimpleUploadedFile("words.lrc", b"[00:01.00]la"),
    }
    response = client.post("/songs/new/", {**files, "tags": "pop", "title": "", "lyrics": ""})
    track = Track.objects.latest("pk")
    assert response["Location"] == f"/videos/new/?song={track.pk}"
    assert (track.title, track.tags, track.lyrics) == ("Morning Light", "pop", "[00:01.00]la")
    assert track.music_task.owner == me
    with track.audio.open() as stored:
        assert stored.read() == media_files.wav()
    assert uploads() == []


def test_a_song_that_was_copied_in_part_is_taken_with_a_word_about_it(client, me):
    whole = media_files.sound(".mp3", "libmp3lame", seconds=8.0)
    for data, warns in ((whole, False), (whole[: len(whole) // 2], True)):
        files = {"audio": SimpleUploadedFile("song.mp3", data)}
        page = client.post("/songs/new/", files, follow=True).content.decode()
        assert ("it may have been copied only in part" in page) == warns
        assert ("This file ends after 0:04, though it should last 0:08" in page) == warns


@pytest.mark.parametrize("page", ["/songs/", "/videos/new/"])
def test_who_has_no_song_at_hand_can_try_everything_with_ours(client, page):
    person = a_user()
    client.force_login(person)
    assert 'action="/songs/demo/"' in client.get(page).text
    for _ in range(2):  # as by a double click
        response = client.post("/songs/demo/")
    lent = Track.objects.for_user(person).get()
    assert response["Location"] == f"/videos/new/?song={lent.pk}"
    assert (lent.title, lent.size) == (demo.TITLE, lent.audio.size + lent.cover.size)
    assert lent.lyrics
    assert demo.TITLE in client.get(response["Location"]).text
    assert "/songs/demo/" not in client.get(page).text


def test_a_small_upload_is_a_file_too(client, me):
    """Small uploads are written to disk, too, because the analysis needs a path."""
    response = client.post(
        "/songs/new/", {"audio": SimpleUploadedFile("a.wav", media_files.wav(0.1))}
    )
    assert response.status_code == 302


def test_a_wrong_file_gets_a_sentence_and_nothing_typed_is_lost(client, me):
    wrong = SimpleUploadedFile("song.mp3", b"these are words")
    typed = {"title": "My title", "tags": "my tags", "lyrics": "my lyrics"}
    response = client.post("/songs/new/", {"audio": wrong, **typed})
    body = response.content.decode()
    assert response.status_code == 200
    assert str(response.context["form"].errors["audio"][0]) in body
    assert all(text in body for text in typed.values())
    assert MusicTask.objects.count() == 1
    assert uploads() == []


def test_a_file_that_is_too_large_gets_a_sentence(client, me, settings):
    settings.MAX_AUDIO_BYTES = 1024 * 1024
    large = SimpleUploadedFile("song.wav", b"RIFF" + b"\0" * 5 * 1024 * 1024)
    response = client.post("/songs/new/", {"audio": large, "title": "Kept"})
    assert "This file has 6 MB; 1 MB are the limit." in response.content.decode()
    assert 'value="Kept"' in response.content.decode()


def test_more_files_than_the_form_has_are_refused(client, me):
    files = {f"file{n}": io.BytesIO(b"x") for n in range(40)}
    assert client.post("/songs/new/", files).status_code == 400


def test_a_song_shows_its_lyrics_and_videos(client, me, track):
    video = a_video(me, track)
    track.lyrics_offset = 300
    track.save(update_fields=["lyrics_offset"])
    response = client.get(f"/songs/{track.pk}/")
    assert list(response.context["videos"]) == [video]
    lines = response.context["lines"]
    assert [(line.text, round(line.start, 2)) for line in lines] == [
        ("first", 0.4),
        ("second", 0.8),
    ]


def test_a_song_can_be_corrected(client, me, track):
    data = {"title": "Other", "tags": "", "lyrics": "la", "lyrics_offset": "-200"}
    response = client.post(f"/songs/{track.pk}/", data)
    assert response["Location"] == f"/songs/{track.pk}/"
    track.refresh_from_db()
    assert (track.title, track.lyrics_offset) == ("Other", -200)


def test_a_wrong_correction_changes_nothing(client, me, track):
    data = {"title": "Typed", "tags": "", "lyrics": "", "lyrics_offset": "7"}
    response = client.post(f"/songs/{track.pk}/", data)
    assert response.status_code == 200
    assert "Typed" in response.content.decode()
    assert response.context["track"].title == track.title
    assert Track.objects.get().title == track.title


def test_a_song_can_be_deleted_with_its_files(
    client, me, track, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/songs/{track.pk}/delete/")
    assert response["Location"] == "/songs/"
    assert not MusicTask.objects.exists()
    assert not default_storage.exists(track.audio.name)
    assert not default_storage.exists(track.cover.name)


def test_its_videos_go_with_it(client, me, track, django_capture_on_commit_callbacks):
    done, waiting = a_finished_video(me, track), a_video(me, track)
    other = a_video(me, a_playable_track(me))
    page = client.get(f"/songs/{track.pk}/").content.decode()
    named = re.findall(r'name="video" value="([^"]+)"', page)
    assert set(named) == {str(done.pk), str(waiting.pk)}
    assert "Its 2 videos go with it" in page
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/songs/{track.pk}/delete/", {"video": named}, follow=True)
    assert "The song and its 2 videos were deleted." in response.content.decode()
    assert list(Video.objects.all()) == [other]
    assert not Track.objects.filter(pk=track.pk).exists()
    assert not default_storage.exists(done.film.name)
    assert not default_storage.exists(track.audio.name)


@pytest.mark.parametrize("listed", [0, 1])
def test_a_song_with_videos_that_nobody_spoke_of_stays_with_all(client, me, track, listed):
    videos = [a_video(me, track) for _ in range(2)]
    named = [str(video.pk) for video in videos[:listed]] + ["nonsense", str(uuid4())]
    response = client.post(f"/songs/{track.pk}/delete/", {"video": named}, follow=True)
    assert response.redirect_chain == [(f"/songs/{track.pk}/", 302)]
    assert [m.level_tag for m in response.context["messages"]] == ["error"]
    assert Video.objects.filter(track=track).count() == 2
    assert default_storage.exists(track.audio.name)


def test_videos_of_another_song_do_not_go(client, me, track):
    other = a_video(me, a_playable_track(me))
    client.post(f"/songs/{track.pk}/delete/", {"video": [str(other.pk)]})
    assert Video.objects.filter(pk=other.pk).exists()
    assert not Track.objects.filter(pk=track.pk).exists()


def test_a_new_cover_counts_and_needs_room(client, me, track, settings):
    Track.objects.update(size=track.audio.size + track.cover.size)
    big = media_files.jpeg(900, 900)
    fields = {"title": "A", "tags": "", "lyrics": "", "lyrics_offset": "0"}
    page = f"/songs/{track.pk}/"
    assert (
        client.post(page, fields | {"cover": SimpleUploadedFile("c.jpg", big)}).status_code == 302
    )
    track.refresh_from_db()
    assert track.size == track.audio.size + track.cover.size
    settings.MAX_STORAGE_BYTES = track.size + 10
    again = client.post(page, fields | {"cover": SimpleUploadedFile("c.jpg", big)})
    assert "delete some first" in again.content.decode()


def test_a_song_fills_itself_and_its_video_is_signed_by_its_artist(client, me):
    me.save_defaults("The last one's", "example.com")
    audio = SimpleUploadedFile("a.mp3", tagged_songs.mp3())
    response = client.post("/songs/new/", {"audio": audio}, follow=True)
    form = response.context["form"]
    assert form["author"].value() == "Test Singer, Second Singer"
    other = a_playable_track(me)
    assert client.get(f"/videos/new/?song={other.pk}").context["form"]["author"].value() == (
        "The last one's"
    )


def test_the_page_of_a_song_tells_what_is_missing_in_its_sound(client, me, track):
    Track.objects.filter(pk=track.pk).update(
        declared_duration=95.0, silence=1.25, artist="Test Singer", comment=tagged_songs.SUNO
    )
    page = client.get(f"/songs/{track.pk}/").content.decode()
    assert "This file ends after 0:01, though it should last 1:35" in page
    assert "1.2 seconds within this song are damaged" in page
    assert "Test Singer" in page
    assert 'href="https://suno.com/song/00000000-0000-4000-8000-000000000000"' in page


LOOSE = "[00:00.10]first\n\nloose words\n[00:00.40]second\n[00:00.60]third"


def test_what_is_guessed_or_left_out_of_lyrics_is_told_after_the_upload(client, me):
    files = {
        "audio": SimpleUploadedFile("song.wav", media_files.wav()),
        "lyrics_file": SimpleUploadedFile("words.lrc", LOOSE.encode()),
    }
    page = client.post("/songs/new/", files, follow=True).text
    assert "Line 3 (“loose words”): it has no time; its time is guessed." in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (rb"{\rtf1\ansi Night over town}", "This is an RTF document"),
        (b"%PDF-1.7\n", "This is a PDF document"),
        (b"#TITLE:A\n#BPM:300\n: 0 5 10 Night\nE", "This is an UltraStar song"),
        (b"00:01.000 --> 00:02.000\n\n00:0x --> 00:03.000\n", "No lyrics can be read. Line 3"),
    ],
)
def test_a_file_that_is_no_lyrics_is_refused_by_name(client, me, data, sentence):
    files = {
        "audio": SimpleUploadedFile("song.wav", media_files.wav()),
        "lyrics_file": SimpleUploadedFile("words.txt", data),
    }
    assert sentence in client.post("/songs/new/", files).text
    assert Track.objects.filter(music_task__owner=me).count() == 1


def test_new_lyrics_that_cannot_be_read_are_refused_and_old_ones_stay(client, me, track):
    data = {"title": "Other", "tags": "", "lyrics": "{\\rtf1 la}", "lyrics_offset": "0"}
    assert "This is an RTF document" in client.post(f"/songs/{track.pk}/", data).text
    track.refresh_from_db()
    assert track.lyrics.startswith("[00:00.10]first")
    track.lyrics = "{\\rtf1 la}"  # from before
    track.save(update_fields=["lyrics"])
    assert client.post(f"/songs/{track.pk}/", data).status_code == 302


def test_an_edit_tells_what_is_guessed_of_new_lyrics(client, me, track):
    data = {"title": "Other", "tags": "", "lyrics": LOOSE, "lyrics_offset": "0"}
    page = client.post(f"/songs/{track.pk}/", data, follow=True).text
    assert "Line 3 (“loose words”)" in page
    data["title"] = "Another"
    assert "Line 3" not in client.post(f"/songs/{track.pk}/", data, follow=True).text


@pytest.mark.parametrize(
    ("lyrics", "count", "sentence"),
    [
        ("one\ntwo", 2, "The times of these lines are guessed"),
        (LOOSE, 1, "The time of 1 line is guessed"),
        ("[00:00.10]first\n[00:00.50]second", 0, ""),
    ],
)
def test_the_page_of_a_song_says_that_its_times_are_guessed(
    client, me, track, lyrics, count, sentence
):
    Track.objects.update(lyrics=lyrics)
    page = client.get(f"/songs/{track.pk}/").text
    assert page.count("data-guessed") == count
    assert ("guessed" in page.replace("data-guessed", "").replace("lyrics-guessed", "")) == bool(
        count
    )
    assert sentence in page


def test_how_lyrics_read_is_chosen_on_the_page(client, me):
    def send(**fields):
        files = {
            "audio": SimpleUploadedFile("a.wav", media_files.wav(0.1)),
            "lyrics_file": SimpleUploadedFile("a.txt", "naš".encode("iso8859-2")),
        }
        return client.post("/songs/new/", {**files, **fields})

    assert 'name="encoding"' not in client.get("/songs/new/").text
    page = send(title="My title").text
    assert 'type="radio" name="encoding" value="iso-8859-2"' in page
    assert "naš" in page
    assert "Choose what looks right." in page
    assert 'value="My title"' in page
    assert Track.objects.count() == 1
    assert send(encoding="iso-8859-2").status_code == 302
    assert Track.objects.latest("pk").lyrics == "naš"
