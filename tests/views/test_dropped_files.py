"""From files that are dropped to films, request by request as the page sends them."""

from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client

from tests import media_files, tagged_songs
from tests.factories import a_user, a_video
from videos.media import partial_files
from videos.models import Track, Upload, Video
from videos.pipeline import uploads

pytestmark = pytest.mark.django_db

TEXTS = {"title": "Night", "artist": "Ann", "tags": "folk", "language": "en", "lyrics": "la"}
OPTIONS = {"look": "orbit", "format": ["16:9", "9:16"], "domain_name": "ann.example"}
SHOWN = {"tags_shown": "True"}
DOUBTFUL = "naš".encode("iso8859-2")  # reads as Croatian, Polish, Slovene


@pytest.fixture
def me(client):
    user = a_user(author="Usual")
    client.force_login(user)
    return user


def arrive(owner, data: bytes, name: str = "Ann - Night.mp3") -> str:
    """Return the id of an upload that is whole."""
    upload = uploads.begin(owner, name, len(data))
    uploads.receive(upload, 0, [data])
    return str(upload.pk)


def make(client: Client, audio: str, **fields: object) -> HttpResponse:
    data = {"audio_upload": audio, **SHOWN, **TEXTS, **OPTIONS, **fields}
    return client.post("/videos/new/files/film/", data)


def test_the_names_of_files_become_rows_with_what_they_say(client, me):
    pairs = [("total", 3), ("name", "Ann - Night.mp3"), ("size", 2048)]
    pairs += [("name", "ann - night.lrc"), ("size", 9), ("name", "x.pdf"), ("size", 9)]
    kind = "application/x-www-form-urlencoded"
    page = client.post("/videos/new/files/match/", urlencode(pairs), content_type=kind)
    text = page.content.decode()
    assert 'data-audio="0"' in text
    assert 'data-cover="" data-lyrics="1"' in text
    assert 'value="Night"' in text
    assert 'value="Ann"' in text
    assert "x.pdf is neither a song nor a cover nor lyrics." in text
    assert client.post("/videos/new/files/match/").status_code == 400


def describe(client: Client, data: bytes, name: str, **fields: object) -> str:
    body = {"head": ContentFile(data, "head"), "size": len(data), "name": name, **fields}
    return client.post("/videos/new/files/song/", body).content.decode()


def test_a_song_whose_turn_has_not_come_is_asked_for_again(client, me, settings):
    settings.RATION_FILE_TAGS = (1, 0, 60)
    body = {"size": 1, "name": "a.mp3"}
    for status in (200, 429):
        head = ContentFile(tagged_songs.mp3(), "head")
        response = client.post("/videos/new/files/song/", {**body, "head": head})
        assert response.status_code == status
    assert int(response["Retry-After"]) <= 60


def test_tags_go_before_lyrics_files_and_those_before_names(client, me):
    lrc = ContentFile(b"[ti:From LRC]\n[ar:Lara]\n[la:de]\n[00:01.00]hello", "a.lrc")
    text = describe(client, tagged_songs.mp3(artist=None), "Bob - Name.mp3", lyrics_file=lrc)
    assert 'value="Night over Town"' in text
    assert 'value="Lara"' in text
    assert 'value="Folk, Waltz"' in text
    assert 'value="eng"' in text
    assert "[00:01.00]hello" in text
    assert 'src="data:image/jpeg;base64,' in text
    plain = describe(client, media_files.wav(), "Bob - Name.mp3")
    assert 'value="Name"' in plain
    assert 'value="Bob"' in plain
    assert "data:image" not in plain


def test_lyrics_whose_encoding_is_in_doubt_are_shown_to_choose_from(client, me):
    text = describe(client, media_files.wav(), "a.wav", lyrics_file=ContentFile(DOUBTFUL, "a.lrc"))
    assert '<option value="iso-8859-2">naš · ' in text
    assert "It is not certain how this lyrics file reads." in text
    fields = {"lyrics_file": ContentFile(DOUBTFUL, "a.lrc"), "encoding": "iso-8859-2"}
    text = describe(client, media_files.wav(), "a.wav", **fields)
    assert "naš</textarea>" in text
    assert '<option value="">Choose what looks right</option>' in text


def test_a_song_and_its_films_are_made_of_uploads(client, me):
    audio = arrive(me, tagged_songs.mp3())
    cover = arrive(me, media_files.jpeg(90, 90), "night.jpg")
    response = make(client, audio, cover_upload=cover)
    assert response.status_code == 200, response.content.decode()
    track = Track.objects.get()
    assert {name: getattr(track, name) for name in TEXTS} == TEXTS
    assert track.audio.size == len(tagged_songs.mp3())
    assert track.cover.size
    films = Video.objects.filter(track=track)
    assert {film.format for film in films} == {"16:9", "9:16"}
    assert {(film.author, film.look, film.domain_name) for film in films} == {
        ("Ann", "orbit", "ann.example")
    }
    for film in films:
        assert str(film.pk) in response.content.decode()
    assert not partial_files.path_of(Upload.objects.get(pk=audio)).exists()
    me.refresh_from_db()
    assert me.author == "Usual"  # the artist signs the own films only


def test_a_form_whose_answer_was_lost_makes_nothing_twice(client, me):
    audio = arrive(me, media_files.wav(2.0), "a.wav")
    pages = [make(client, audio).content for _ in range(2)]
    assert pages[0] == pages[1]
    assert Track.objects.count() == 1
    assert Video.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "author"), [({}, "Ann"), ({"author": "All"}, "All"), ({"artist": ""}, "Usual")]
)
def test_each_film_is_signed_by_its_artist_unless_somebody_else_is_named(
    client, me, fields, author
):
    make(client, arrive(me, media_files.wav(2.0), "a.wav"), **fields, format=["1:1"])
    assert Video.objects.get().author == author


@pytest.mark.parametrize(
    ("data", "fields", "sentence", "scope"),
    [
        (b"no song at all", {}, "Audio: ", "song"),
        (None, {"title": "x" * 201}, "Title: ", "song"),
        (None, {"look": "none"}, "Look: ", "options"),
        (None, {"clip": "times", "clip_from": "0:50", "clip_to": "0:40"}, "Length: ", "options"),
        (None, {"clip": "times", "clip_from": "0:40", "clip_to": "0:50"}, "Length: ", "song"),
    ],
)
def test_what_is_wrong_is_told_and_the_upload_stays(client, me, data, fields, sentence, scope):
    audio = arrive(me, data or media_files.wav(2.0), "a.wav")
    response = make(client, audio, **fields)
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    assert f'data-scope="{scope}"' in text
    assert not Video.objects.exists()
    if not Track.objects.exists():
        assert partial_files.path_of(Upload.objects.get(pk=audio)).exists()
    else:
        assert "The song itself is among your songs." in text


def test_full_quotas_are_told_and_what_is_stored_is_found_again(client, me, settings):
    audio = arrive(me, media_files.wav(2.0), "a.wav")
    settings.MAX_STORAGE_BYTES = 1
    assert b"delete some first" in make(client, audio).content
    assert not Track.objects.exists()
    settings.MAX_STORAGE_BYTES, settings.MAX_UNFINISHED_VIDEOS = 0, 1
    a_video(me)
    answer = make(client, audio)
    assert answer.status_code == 422
    assert b"no more at a time" in answer.content
    settings.MAX_UNFINISHED_VIDEOS = 0
    assert make(client, audio).status_code == 200
    assert Track.objects.filter(uploads=audio).count() == 1


def test_an_upload_that_is_not_whole_or_not_one_s_own_makes_nothing(client, me):
    half = uploads.begin(me, "a.wav", 10)
    uploads.receive(half, 0, [b"RIFF"])
    for audio in (str(half.pk), arrive(a_user(), media_files.wav(2.0)), "", "x"):
        assert make(client, audio).status_code == 410
    assert not Track.objects.exists()


def test_the_page_offers_the_options_of_a_film_but_no_song(client, me):
    page = client.get("/videos/new/files/").content.decode()
    assert 'name="look"' in page
    assert 'name="song"' not in page
    assert 'data-uploads-url="/uploads/"' in page
