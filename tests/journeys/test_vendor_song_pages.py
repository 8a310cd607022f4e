"""Choosing a song that a vendor made."""

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.factories import a_playable_track, a_user
from videos.models import MusicTask, Track, User, Video

pytestmark = pytest.mark.django_db(transaction=True)
FIND = "/videos/new/song/"


@pytest.fixture
def me(client) -> User:
    me = a_user()
    client.force_login(me)
    return me


def find(client, task_id: str, htmx: bool = True, **fields: str):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(FIND, {"vendor": "kie", "task_id": task_id, **fields}, headers=headers)


def test_the_tracks_of_a_task_can_be_chosen(client, me, vendor):
    song = vendor.add_song()
    body = find(client, song.task_id).content.decode()
    for track in Track.objects.for_user(me):
        assert f'name="song" value="{track.pk}"' in body
        assert track.audio_id in body
    assert body.count('type="radio"') == 2
    assert body.count("<audio") == 2
    assert "hx-get" not in body


def test_without_javascript_the_form_comes_back_with_the_song_chosen(client, me, vendor):
    song = vendor.add_song()
    response = find(client, song.task_id, htmx=False)
    track = Track.objects.for_user(me).first()
    assert response["Location"] == reverse("videos:new", query={"song": track.pk})
    page = client.get(response["Location"]).content.decode()
    assert re.search(rf'value="{track.pk}" required checked', page)


def test_without_javascript_a_song_in_the_making_is_to_be_looked_up_again(client, me, vendor):
    song = vendor.add_song(status="PENDING")
    body = find(client, song.task_id, htmx=False).content.decode()
    assert "Look it up again in a minute." in body
    assert "by itself" not in body


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("PENDING", "has not begun"),
        ("TEXT_SUCCESS", "The lyrics are written"),
        ("FIRST_SUCCESS", "The first track is ready"),
        ("SUCCESS", "Choose one"),
        ("CREATE_TASK_FAILED", "could not start"),
        ("GENERATE_AUDIO_FAILED", "could not make"),
        ("CALLBACK_EXCEPTION", "could not report back"),
        ("SENSITIVE_WORD_ERROR", "because of its words"),
    ],
)
def test_every_status_is_told_in_words(client, me, vendor, status, words):
    song = vendor.add_song(status=status)
    body = find(client, song.task_id).content.decode()
    assert words in body
    assert ("hx-get" in body) == (status in {"PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS"})


def test_a_song_in_the_making_appears_by_itself(client, me, vendor):
    song = vendor.add_song(status="TEXT_SUCCESS")
    body = find(client, song.task_id).content.decode()
    again = re.search(r'hx-get="([^"]+)"', body)[1]
    song.status = "SUCCESS"
    MusicTask.objects.update(polled_at=None)
    for _ in range(3):  # the cached record may be returned at first
        body = client.get(again, headers={"HX-Request": "true"}).content.decode()
        MusicTask.objects.update(polled_at=None)
        if "Harbour Lights" in body:
            break
        time.sleep(0.5)
    assert "Harbour Lights" in body
    client.force_login(a_user())
    assert client.get(again).status_code == 404


def test_the_second_track_joins_the_first_and_the_choice_stays(client, me, vendor):
    song = vendor.add_song(status="FIRST_SUCCESS")
    body = find(client, song.task_id).content.decode()
    again = re.search(r'hx-get="([^"]+)"', body)[1]
    first = Track.objects.get()
    other = a_playable_track(me)
    assert f'value="{first.pk}" required checked' in body
    MusicTask.objects.update(polled_at=None)
    assert client.get(again, headers={"HX-Request": "true"}).status_code == 204
    song.status = "SUCCESS"
    cache.clear()
    for chosen in (first, other):
        MusicTask.objects.update(polled_at=None)
        body = client.get(f"{again}&song={chosen.pk}").content.decode()
        assert body.count('type="radio"') == 2
        assert body.count("required checked") == (chosen == first)
        assert "hx-get" not in body
    assert client.get(f"{again}&song=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("task_id", "words"),
    [
        ("unknown", "kie.ai has no record of this task"),
        ("", "Paste the id."),
        ("two words", "An id has no spaces"),
        ("<script>", "An id has no spaces"),
        ("x" * 101, "at most 100"),
        ("../../etc", "An id has no spaces"),
    ],
)
def test_what_is_wrong_is_said(client, me, vendor, task_id, words):
    body = find(client, task_id).content.decode()
    assert words in body
    assert 'role="alert"' in body
    page = find(client, task_id, htmx=False).content.decode()
    assert words in page
    assert not Track.objects.exists()


@pytest.mark.parametrize("kind", ["html", "503", "throttled", "maintenance", "credits"])
def test_a_vendor_that_fails_is_a_sentence(client, me, vendor, kind):
    vendor.breaks("record-info", kind, kind, kind)
    body = find(client, "x").content.decode()
    assert "kie.ai" in body
    assert 'role="alert"' in body


def test_a_vendor_that_is_not_set_up_is_no_choice(client, me, vendor):
    body = find(client, "x", vendor="crun").content.decode()
    assert "not one of the available choices" in body


def test_ids_typed_by_hand_are_taken_without_a_look_up(client, me, vendor):
    response = find(client, "task-1", audio_id="audio-1", by_hand="1")
    track = Track.objects.get()
    assert response["HX-Redirect"] == reverse("videos:new", query={"song": track.pk})
    assert (track.music_task.task_id, track.audio_id) == ("task-1", "audio-1")
    assert not vendor.calls
    assert "Paste the audio id" in find(client, "t", by_hand="1").content.decode()


def order(client, track: Track, **fields: str):
    values = {"song": track.pk, "provider": "kie", "format": "16:9", "author": "Ada"}
    return client.post("/videos/new/", values | fields)


def test_a_vendors_film_is_ordered_once(client, me, vendor):
    find(client, vendor.add_song().task_id)
    track = Track.objects.first()
    first = order(client, track)
    video = Video.objects.get()
    assert (video.provider, video.author) == ("kie", "Ada")
    again = order(client, track, author="Somebody else")
    assert again["Location"] == first["Location"]
    assert "already" in client.get(again["Location"]).content.decode()


def test_an_uploaded_song_can_only_be_rendered(client, me, vendor):
    body = order(client, a_playable_track(me)).content.decode()
    assert "Vendors make films of songs that they made only." in body
    assert not Video.objects.exists()


def test_a_song_without_sound_cannot_be_rendered(client, me, vendor):
    find(client, "task-1", audio_id="audio-1", by_hand="1")
    body = order(client, Track.objects.get(), provider="builtin").content.decode()
    assert "nothing to listen to" in body


def test_credits_stand_beside_the_name(client, me, vendor):
    page = client.get("/videos/new/").content.decode()
    assert "/videos/new/credits/kie/" in page
    assert "87.5 credits left" in client.get("/videos/new/credits/kie/").content.decode()
    assert client.get("/videos/new/credits/crun/").status_code == 404


def test_credits_that_nobody_knows_are_nothing(client, me, vendor):
    vendor.breaks("credit", "html")
    assert client.get("/videos/new/credits/kie/").content.decode().strip() == ""


def test_without_a_vendor_nothing_of_it_is_seen(client, me):
    page = client.get("/videos/new/").content.decode()
    assert "From a vendor" not in page
    assert "vendor-lookup-form" not in page


def test_sound_and_cover_of_a_vendors_song_come_from_us(client, me, vendor):
    find(client, vendor.add_song().task_id)
    track = Track.objects.first()
    for part, kind in (("audio", "audio/wav"), ("cover", "image/jpeg")):
        for _ in range(2):
            response = client.get(f"/songs/{track.pk}/{part}/")
            assert (response.status_code, response["Content-Type"]) == (200, kind)
            response.close()
    assert vendor.count("GET", "/files/") == 2
    client.force_login(a_user())
    assert client.get(f"/songs/{track.pk}/audio/").status_code == 404


def test_a_sound_that_the_vendor_has_not_is_not_found(client, me, vendor):
    find(client, vendor.add_song().task_id)
    vendor.gone |= {"song.wav", "cover.jpg"}
    track = Track.objects.first()
    assert client.get(f"/songs/{track.pk}/audio/").status_code == 404
    assert client.get(f"/songs/{track.pk}/cover/").status_code == 404


def test_word_times_that_may_have_been_billed_are_fetched_again_after_a_warning(client, me, vendor):
    find(client, vendor.add_song().task_id)
    track = Track.objects.first()
    vendor.lose_response("timestamped", kind="html 502")
    client.post(f"/songs/{track.pk}/words/")
    page = client.get(f"/songs/{track.pk}/").content.decode()
    assert "requested less than two minutes ago" in page
    assert "They are being requested" in page
    assert "no clear answer" not in page
    assert "Fetch them" not in page
    Track.objects.update(aligned_words_requested_at=timezone.now() - timedelta(minutes=5))
    page = client.get(f"/songs/{track.pk}/").content.decode()
    assert "It may be billed a second time" in page
    assert "requested less than two minutes ago" not in page
    client.post(f"/songs/{track.pk}/words/")  # from a page of before
    assert vendor.count("POST", "timestamped") == 1
    client.post(f"/songs/{track.pk}/words/", {"again": "1"})
    assert vendor.count("POST", "timestamped") == 2
    assert "Timed word by word" in client.get(f"/songs/{track.pk}/").content.decode()


def test_word_times_are_fetched_on_request(client, me, vendor):
    find(client, vendor.add_song().task_id)
    track = Track.objects.first()
    page = client.get(f"/songs/{track.pk}/").content.decode()
    assert "bills this question" in page
    for _ in range(2):
        client.post(f"/songs/{track.pk}/words/")
    assert vendor.count("POST", "timestamped") == 1
    page = client.get(f"/songs/{track.pk}/").content.decode()
    assert "Timed word by word" in page
    assert 'name="use_aligned_words"' in page
    client.force_login(a_user())
    assert client.post(f"/songs/{track.pk}/words/").status_code == 404
