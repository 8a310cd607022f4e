"""Forms are read for those who may send them, and files only where they are taken."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import a_finished_video, a_user
from tests.media_files import wav
from videos.models import Track
from videos.views.uploads import MAX_FORM_BYTES

pytestmark = pytest.mark.django_db

ADDRESSES_WITH_FILES = {
    *("song_new", "song", "song_tags", "song_lyrics", "new", "backdrop", "film_files"),
    "drop_song",
}
BOUNDARY = "frontier"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def form_with_file(name: str, data: bytes) -> bytes:
    head = f'Content-Disposition: form-data; name="audio"; filename="{name}"'
    lines = [f"--{BOUNDARY}", head, "", ""]
    return "\r\n".join(lines).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()


class Body(io.BytesIO):
    """A long form with a file, which remembers whether anybody read it."""

    is_read = False

    def __init__(self, size: int = MAX_FORM_BYTES + 1) -> None:
        super().__init__(form_with_file("a.mp3", bytes(size)))

    def read(self, size: int | None = -1) -> bytes:
        self.is_read = True
        return super().read(size)


def send(client: Client, address: str, body: Body):
    return client.generic(
        "POST",
        address,
        b"",
        **{"CONTENT_TYPE": FORM, "CONTENT_LENGTH": str(len(body.getvalue())), "wsgi.input": body},
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 413),
        ("/accounts/login/", 413),
        ("/accounts/signup/", 413),
        ("/accounts/password/reset/", 413),
        ("/v/AAAAAAAAAAAAAAAAAAAAAA/", 413),
        ("/admin/login/", 413),
        ("/videos/new/", 302),
        ("/songs/new/", 302),
        ("/songs/new/tags/", 302),
        ("/songs/1/", 302),
        ("/nothing/", 404),
        ("/healthz", 200),
    ],
)
@pytest.mark.parametrize("checks", [False, True])
def test_the_long_form_of_a_stranger_is_answered_unread(address, status, checks):
    body = Body()
    client = Client(enforce_csrf_checks=checks)
    assert send(client, address, body).status_code in {status, 405}
    assert not body.is_read


@pytest.mark.parametrize("address", ["/api/v1/songs", "/api/v1/mp4/generate"])
def test_the_long_form_of_a_program_without_a_key_is_answered_unread(client, address):
    body = Body()
    answer = send(client, address, body).json()
    assert answer["code"] == 401, answer
    assert not body.is_read


def test_a_person_s_long_form_is_refused_where_no_files_are_taken(client):
    video = a_finished_video()
    client.force_login(video.owner)
    for address in ("/account/", f"/videos/{video.pk}/visibility/", "/account/keys/"):
        body = Body()
        response = send(client, address, body)
        assert response.status_code == 413
        assert b"more of it than we take" in response.content
        assert not body.is_read


def test_a_small_file_is_left_out_where_none_is_taken(client):
    video = a_finished_video()
    client.force_login(video.owner)
    fields = {"visibility": "public", "film": SimpleUploadedFile("a.mp4", b"x" * 1000)}
    response = client.post(f"/videos/{video.pk}/visibility/", fields)
    video.refresh_from_db()
    assert video.visibility == "public"
    assert response.wsgi_request.FILES == {}


def test_files_are_taken_at_these_addresses_only():
    def patterns(resolver: URLResolver):
        for each in resolver.url_patterns:
            if isinstance(each, URLPattern):
                yield each.name, each.callback
            else:
                yield from patterns(each)

    names = {name for name, view in patterns(get_resolver()) if hasattr(view, "takes_files")}
    assert names == ADDRESSES_WITH_FILES


@pytest.mark.parametrize("length", ["-1", "1e9", "x", " "])
def test_a_length_that_is_none_ends_nothing(client, length):
    response = client.generic("POST", "/accounts/login/", b"", CONTENT_LENGTH=length)
    assert response.status_code in {200, 400, 403}


@pytest.mark.parametrize(
    "name",
    ["a." + "b" * 300, "." + "x" * 255, "ä" * 254 + ".mp3", "a.mp3/" + "." * 9, "x\0y.mp3"],
    ids=["suffix", "hidden", "two bytes", "path", "zero"],
)
def test_a_song_may_have_any_name(client, name):
    client.force_login(a_user())
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="audio"; filename="{name}"\r\n\r\n'
    )
    body = head.encode() + wav(2.0) + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    response = client.post("/songs/new/", body, content_type=kind)
    assert response.status_code == 302
    assert Track.objects.get().title
