"""The protocol tus 1.0.0, request by request, as its specification tells it."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date

from tests.factories import a_track, a_user
from videos.media import partial_files
from videos.models import Upload
from videos.pipeline import rations, uploads

pytestmark = pytest.mark.django_db

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@pytest.fixture
def me(client):
    user = a_user()
    client.force_login(user)
    return user


def begin(client: Client, size: object, name: str = "Über.mp3", **headers: str) -> HttpResponse:
    metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype YQ=="
    fields = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata, **headers}
    return client.post("/uploads/", headers=fields)


def send(client: Client, address: str, offset: object, data: bytes, **headers: str) -> HttpResponse:
    fields = {**TUS, "Upload-Offset": str(offset), **headers}
    return client.patch(address, data, content_type=PIECE, headers=fields)


def head(client: Client, address: str) -> HttpResponse:
    return client.head(address, headers=TUS)


def test_a_file_comes_in_pieces_and_the_server_tells_how_much_is_there(client, me):
    response = begin(client, 10)
    assert response.status_code == 201
    assert response["Tus-Resumable"] == "1.0.0"
    address = response["Location"]
    upload = Upload.objects.get(owner=me)
    assert (upload.name, upload.size) == ("Über.mp3", 10)
    assert parse_http_date(response["Upload-Expires"]) == int(upload.expires_at.timestamp())
    assert head(client, address)["Upload-Offset"] == "0"
    first = send(client, address, 0, b"01234")
    assert (first.status_code, first["Upload-Offset"]) == (204, "5")
    answer = head(client, address)
    assert (answer.status_code, answer["Upload-Offset"], answer["Upload-Length"]) == (
        200,
        "5",
        "10",
    )
    assert "no-store" in answer["Cache-Control"]
    assert send(client, address, 5, b"56789")["Upload-Offset"] == "10"
    assert partial_files.path_of(upload).read_bytes() == b"0123456789"
    assert partial_files.path_of(upload).stat().st_mode & 0o777 == 0o600


def test_what_is_not_as_the_protocol_has_it_is_refused(client, me, settings):
    settings.MAX_AUDIO_BYTES = settings.MAX_COVER_BYTES = 1024 * 1024
    address = begin(client, 10)["Location"]
    send(client, address, 0, b"01234")
    plain = client.patch(address, b"5", headers={**TUS, "Upload-Offset": "5"}, content_type="x/y")
    old = client.head(address, headers={"Tus-Resumable": "0.2.2"})
    too_large = begin(client, 1024 * 1024 + 1)
    answers = {
        "another version": (old, 412),
        "no version": (client.post("/uploads/", headers={"Upload-Length": "5"}), 412),
        "no length": (begin(client, ""), 400),
        "a negative length": (begin(client, -1), 400),
        "no Base64": (begin(client, 5, **{"Upload-Metadata": "filename !"}), 400),
        "another type": (plain, 415),
        "no offset": (send(client, address, "", b"5"), 400),
        "an offset before the end": (send(client, address, 3, b"3"), 409),
        "an offset behind the end": (send(client, address, 7, b"7"), 409),
        "more than the length": (send(client, address, 5, b"567890"), 413),
        "a file that is too large": (too_large, 413),
        "another method": (client.put(address, headers=TUS), 405),
        "reading": (client.get("/uploads/", headers=TUS), 405),
    }
    assert {name: answer.status_code for name, (answer, _status) in answers.items()} == {
        name: status for name, (_answer, status) in answers.items()
    }
    assert old["Tus-Version"] == "1.0.0"
    assert too_large.content == b"This file has 2 MB; 1 MB are the limit."
    assert head(client, address)["Upload-Offset"] == "5"


def test_it_tells_what_it_speaks_and_takes_the_method_from_a_header(client, me):
    answer = client.options("/uploads/")
    assert (answer.status_code, answer["Tus-Version"]) == (204, "1.0.0")
    assert answer["Tus-Extension"] == "creation,expiration,termination"
    assert int(answer["Tus-Max-Size"]) == django_settings.MAX_AUDIO_BYTES
    address = begin(client, 3)["Location"]
    fields = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = client.post(address, b"abc", content_type=PIECE, headers=fields)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "3")
    client.get(address, headers={**TUS, "X-HTTP-Method-Override": "DELETE"})
    assert Upload.objects.exists()  # no token is asked for there


def test_a_cancelled_upload_leaves_nothing(client, me):
    address = begin(client, 3)["Location"]
    send(client, address, 0, b"ab")
    assert client.delete(address, headers=TUS).status_code == 204
    assert head(client, address).status_code == 404
    assert not partial_files.list_files()


def test_an_upload_is_there_for_its_owner_until_it_expires(client, me):
    address = begin(client, 3)["Location"]
    stranger = Client()
    assert head(stranger, address).status_code == 302
    stranger.force_login(a_user())
    for answer in (head(stranger, address), send(stranger, address, 0, b"abc")):
        assert answer.status_code == 404
    assert stranger.delete(address, headers=TUS).status_code == 404
    upload = Upload.objects.get()
    upload.set_track(a_track(me))
    partial_files.delete(upload)
    assert head(client, address).status_code == 410  # it has become a song
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert head(client, address).status_code == 404


def test_csrf_tokens_are_needed(me):
    client = Client(enforce_csrf_checks=True)
    client.force_login(me)
    assert begin(client, 3).status_code == 403
    upload = uploads.begin(me, "a.mp3", 3)
    assert send(client, f"/uploads/{upload.pk}/", 0, b"abc").status_code == 403


def test_what_is_on_its_way_counts_as_stored(client, me, settings):
    settings.MAX_STORAGE_BYTES = 10 * 1024 * 1024
    assert begin(client, 6 * 1024 * 1024).status_code == 201
    answer = begin(client, 6 * 1024 * 1024)
    assert answer.status_code == 413
    assert answer.content == (
        b"Your songs and videos fill the 10 MB that you have; delete some first."
    )
    Upload.objects.get().delete()
    assert begin(client, 6 * 1024 * 1024).status_code == 201


def test_only_so_many_are_begun_and_sent_at_a_time(client, me, settings, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UPLOADS", 2)
    address = begin(client, 3)["Location"]
    begin(client, 3)
    answer = begin(client, 3)
    assert answer.status_code == 413
    assert b"on their way" in answer.content
    monkeypatch.setattr(rations, "MAX_PIECES", 1)
    with rations.sending(me):
        answer = send(client, address, 0, b"abc")
    assert (answer.status_code, answer["Retry-After"]) == (429, "1")
    settings.RATION_UPLOAD_STARTS = (3, 0, 60)
    assert begin(client, 3).status_code == 429


def test_a_full_disk_is_told_in_a_sentence_and_what_came_stays(client, me, monkeypatch):
    address = begin(client, 10)["Location"]
    send(client, address, 0, b"abc")
    monkeypatch.setattr(partial_files, "path_of", lambda upload: Path("/dev/full"))
    monkeypatch.setattr(partial_files, "check_offset", lambda file, offset: None)
    answer = send(client, address, 3, b"d")
    assert answer.status_code == 507
    assert answer.content == b"This site has no room for files at the moment. Try later."
    monkeypatch.undo()
    assert head(client, address)["Upload-Offset"] == "3"
