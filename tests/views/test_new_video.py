"""Ordering a new video."""

import re
import threading
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.factories import a_finished_video, a_playable_track, a_user
from tests.pipeline.test_backdrops import picture
from tests.pipeline.test_logos import logo
from videos.models import Asset, Event, Track, Video

pytestmark = pytest.mark.django_db
PAGE = "/videos/new/"


@pytest.fixture
def track():
    return a_playable_track()


@pytest.fixture
def me(client, track):
    client.force_login(track.music_task.owner)
    return track.music_task.owner


def order(track, **changes):
    values = {"song": track.pk, "provider": "builtin", "format": "16:9", "author": "Ann"}
    return {**values, "domain_name": "", "form_token": str(uuid.uuid4()), **changes}


def test_visitors_are_asked_to_log_in(client, track):
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, order(track))["Location"].startswith("/accounts/login/")
    assert not Video.objects.exists()


def test_it_offers_one_s_songs(client, me, track):
    a_playable_track(title="Of somebody else")
    response = client.get(PAGE)
    assert list(response.context["songs"]) == [track]
    assert "Of somebody else" not in response.content.decode()


def test_a_song_can_be_chosen_beforehand(client, me, track):
    chosen = client.get(f"{PAGE}?song={track.pk}").context["form"]
    assert str(chosen["song"].value()) == str(track.pk)
    assert client.get(f"{PAGE}?song=x&").status_code == 200


def test_it_orders_and_leads_to_the_video(client, me, track):
    response = client.post(PAGE, order(track))
    video = Video.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/videos/{video.pk}/"
    assert [event.kind for event in video.events.all()] == [Event.Kind.ORDERED]


def test_several_formats_lead_to_the_library_that_shows_them(client, me, track):
    sent = order(track, format=["16:9", "9:16", "1:1"])
    for _ in range(2):
        page = client.post(PAGE, sent, follow=True)
        assert page.redirect_chain == [("/videos/", 302)]
        assert "3 videos are being made" in page.text
    assert [stack.count for stack in page.context["stacks"]] == [Video.objects.count()] == [3]


def test_no_format_at_all_is_told(client, me, track):
    response = client.post(PAGE, order(track, format=[]))
    assert response.context["form"].errors["format"] == ["Choose one shape at least."]
    assert not Video.objects.exists()


def test_the_page_s_own_form_can_be_sent_as_it_stands(client, me, track):
    body = client.get(f"{PAGE}?song={track.pk}").content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', body)
    assert token
    assert uuid.UUID(token[1])
    assert "maxlength" not in re.search(r'<input[^>]*name="author"[^>]*>', body)[0]


def test_what_was_typed_is_kept_when_something_is_wrong(client, me, track):
    response = client.post(PAGE, order(track, author="😀" * 51, domain_name="kept.example"))
    assert response.status_code == 200
    assert "author" in response.context["form"].errors
    assert "kept.example" in response.content.decode()
    assert not Video.objects.exists()


def test_a_song_of_somebody_else_cannot_be_used(client, me):
    response = client.post(PAGE, order(a_playable_track()))
    assert "song" in response.context["form"].errors
    assert not Video.objects.exists()


def test_a_double_submit_makes_one_video(client, me, track):
    sent = order(track)
    first, second = client.post(PAGE, sent), client.post(PAGE, sent)
    assert first["Location"] == second["Location"]
    assert Video.objects.count() == 1


def test_another_person_s_token_means_nothing(client, me, track):
    sent = order(track)
    client.post(PAGE, sent)
    other = a_playable_track(a_user())
    client.force_login(other.music_task.owner)
    client.post(PAGE, {**sent, "song": other.pk})
    assert Video.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_posts_at_the_same_moment_make_one_video(track):
    sent, owner = order(track), track.music_task.owner
    clients = [Client() for _ in range(4)]
    for each in clients:
        each.force_login(owner)
    together, answers = threading.Barrier(len(clients)), []

    def post(client):
        together.wait(10)
        answers.append(client.post(PAGE, sent))
        connection.close()

    threads = [threading.Thread(target=post, args=(each,)) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [answer.status_code for answer in answers] == [302] * len(clients)
    assert len({answer["Location"] for answer in answers}) == 1
    assert Video.objects.count() == 1
    assert Event.objects.count() == 1


def test_going_back_brings_a_fresh_form(client, me):
    assert "no-store" in client.get(PAGE)["Cache-Control"]


def test_it_is_compressed_although_no_browser_stores_it(client, me):
    page = client.get("/videos/new/", headers={"Accept-Encoding": "gzip"})
    assert (page["Content-Encoding"], "no-store" in page["Cache-Control"]) == ("gzip", True)


def test_an_artist_s_own_song_does_not_change_the_usual_author(client, me, track):
    me.save_defaults("Usual", "example.com")
    track.artist = "Test Singer, Second Singer, Third Singer, and a whole Choir of them"
    track.save(update_fields=["artist"])
    proposed = client.get(f"{PAGE}?song={track.pk}").context["form"]["author"].value()
    assert proposed == "Test Singer, Second Singer, Third Singer, and a wh"
    client.post(PAGE, order(track, author=proposed, domain_name="example.com"))
    me.refresh_from_db()
    assert me.author == "Usual"
    client.post(PAGE, order(track, author="Somebody new", domain_name="example.com"))
    me.refresh_from_db()
    assert me.author == "Somebody new"


def test_the_first_song_of_the_list_proposes_its_artist(client, me, track):
    Track.objects.filter(pk=track.pk).update(artist="Test Singer")
    assert client.get(PAGE).context["form"]["author"].value() == "Test Singer"


def test_pictures_are_taken_in_as_soon_as_they_are_chosen(client, me):
    address = f"{PAGE}backdrop/"
    answer = client.post(address, {"backdrop": [picture(), picture("blue")]})
    assert "<strong>2 pictures</strong>" in answer.text
    assert answer["HX-Trigger-After-Settle"] == "backdrop"
    ids = [asset.pk.hex for asset in Asset.objects.all()]
    assert all(each in answer.text for each in ids)
    removed = client.post(address, {"assets": " ".join(ids), "clear_backdrop": "on"})
    assert "<strong>2 pictures" not in removed.text
    refused = client.post(address, {"backdrop": [picture() for _ in range(13)]})
    assert "at most 12 can be used" in refused.text


def test_a_video_is_ordered_with_pictures_without_scripts(client, me, track):
    client.post(PAGE, {**order(track, look="stage"), "backdrop": [picture()]})
    assert Video.objects.get().backdrop == Asset.objects.get().pk.hex


def test_logo_and_translation_are_taken_in_as_soon_as_they_are_chosen(client, me):
    address = f"{PAGE}film-files/"
    answer = client.post(address, {"logo_file": logo()})
    assert "Logo, 40 × 20" in answer.text
    (asset,) = Asset.objects.all()
    assert asset.pk.hex in answer.text
    words = SimpleUploadedFile("words.lrc", b"[00:01.00]The moon")
    both = client.post(address, {"logo": asset.pk.hex, "translation_file": words})
    assert "Logo, 40 × 20" in both.text
    assert "<strong>Translation</strong>" in both.text
    removed = client.post(address, {"logo": asset.pk.hex, "clear_logo": "on"})
    assert "Logo, 40" not in removed.text


def test_the_settings_of_a_film_are_used_again_or_changed_under_its_link(client, me, track):
    film = a_finished_video(me, track, look="orbit", format="1:1")
    page = client.get(PAGE, {"like": film.pk})
    assert "These are the settings of" in page.text
    assert page.context["form"]["look"].value() == "orbit"
    page = client.get(PAGE, {"like": film.pk, "replace": 1})
    assert "takes over the link" in page.text
    assert f'name="replaces" value="{film.pk}"' in page.text
    for like in ("x", a_finished_video().pk):
        assert "These are the settings of" not in client.get(PAGE, {"like": like}).text
