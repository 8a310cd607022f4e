"""Files over HTTP, requested by a plain client from a real server on loopback."""

import http.client
import os
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.http import Http404
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from tests.factories import a_finished_video
from tests.web_server import web_server
from videos.media.byte_ranges import Span
from videos.media.serving import FilePart, serve
from videos.models import Video

pytestmark = pytest.mark.django_db(transaction=True)
FILM = bytes(range(256)) * 40
SIZE = len(FILM)


@dataclass(frozen=True)
class Response:
    status: int
    body: bytes
    headers: http.client.HTTPMessage


def fetch(address: str, path: str, method: str = "GET", **headers: str) -> Response:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)) as client:
        client.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = client.getresponse()
        return Response(response.status, response.read(), response.headers)


@pytest.fixture
def film() -> Video:
    return a_finished_video(visibility="public", download_allowed=True, film_bytes=FILM)


@pytest.fixture
def get(live_server, film):
    return lambda method="GET", **headers: fetch(
        live_server.url, f"/v/{film.slug}/video.mp4", method, **headers
    )


def test_it_sends_the_whole_file_with_its_validators(get):
    response = get()
    assert (response.status, response.body) == (200, FILM)
    assert response.headers["Content-Length"] == str(SIZE)
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["ETag"].startswith('"')
    assert response.headers["Last-Modified"].endswith("GMT")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("byte_range", "start", "stop"),
    [("0-0", 0, 1), ("100-199", 100, 200), ("10000-", 10000, SIZE), ("-7", SIZE - 7, SIZE),
     ("0-999999", 0, SIZE), ("-999999", 0, SIZE)],
)  # fmt: skip
def test_it_sends_the_part_that_was_asked_for(get, byte_range, start, stop):
    response = get(Range=f"bytes={byte_range}")
    assert (response.status, response.body) == (206, FILM[start:stop])
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("byte_range", [f"{SIZE}-", "-0", "99999999999999999999-"])
def test_it_refuses_a_part_that_is_not_there(get, byte_range):
    response = get(Range=f"bytes={byte_range}")
    assert (response.status, response.body) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("header", ["bytes=0-1,5-6", "bytes=5-2", "lines=0-1", "nonsense"])
def test_it_sends_everything_where_it_need_not_send_parts(get, header):
    response = get(Range=header)
    assert (response.status, response.body) == (200, FILM)


def test_head_says_the_same_without_a_body(get):
    response, whole = get("HEAD", Range="bytes=0-9"), get()
    assert (response.status, response.body) == (200, b"")
    for name in ("Content-Length", "Content-Type", "ETag", "Last-Modified", "Accept-Ranges"):
        assert response.headers[name] == whole.headers[name]


def test_a_client_that_has_the_file_gets_304(get):
    first = get()
    for conditions in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_None_Match": f'"other", {first.headers["ETag"]}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": first.headers["Last-Modified"]},
        {"If_None_Match": first.headers["ETag"], "Range": "bytes=0-1"},
    ):
        response = get(**conditions)
        assert (response.status, response.body) == (304, b""), conditions
        assert response.headers["ETag"] == first.headers["ETag"]
        assert "no-cache" in response.headers["Cache-Control"]


def test_another_copy_than_the_one_held_is_sent_whole(get):
    assert get(If_None_Match='"other"').status == 200
    assert get(If_Modified_Since=formatdate(1_000_000_000, usegmt=True)).status == 200
    assert get(If_Match='"other"').status == 412


def test_a_part_is_only_sent_to_fit_the_copy_that_is_held(get):
    first = get()
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for validator in (etag, modified):
        assert get(Range="bytes=0-1", If_Range=validator).status == 206
    later = formatdate(time.time() + 3600, usegmt=True)
    for other in ('"other"', f"W/{etag}", later, formatdate(1_000_000_000, usegmt=True), "junk"):
        response = get(Range="bytes=0-1", If_Range=other)
        assert (response.status, response.body) == (200, FILM), other


def test_a_changed_file_has_another_validator(get, film):
    before = get().headers["ETag"]
    Path(film.film.path).write_bytes(FILM[::-1])
    os.utime(film.film.path, (time.time() + 5, time.time() + 5))
    assert get().headers["ETag"] != before
    assert get(Range="bytes=0-1", If_Range=before).status == 200


def test_a_film_whose_file_is_gone_is_not_found(get, film):
    Path(film.film.path).unlink()
    assert get().status == 404


def test_it_is_saved_under_its_title(live_server):
    video = a_finished_video(visibility="public", download_allowed=True, author='Ann "A" /../ Лев')
    video.track.title = "Ночь\r\nSet-Cookie: a=b"
    video.track.save(update_fields=["title"])
    response = fetch(live_server.url, f"/v/{video.slug}/video.mp4?download=1")
    disposition = response.headers["Content-Disposition"]
    plain, _, encoded = disposition.partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="Set-Cookie a=b - Ann A .. (Glow 16x9).mp4"'
    assert encoded.startswith("%D0%9D%D0%BE%D1%87%D1%8C%20Set-Cookie")
    assert unquote(encoded).endswith("Лев (Glow 16x9).mp4")  # and so from others of the song
    assert not set('\r\n/\\"') & set(unquote(encoded))
    assert response.headers["Set-Cookie"] is None
    assert (
        fetch(live_server.url, f"/v/{video.slug}/video.mp4").headers["Content-Disposition"] is None
    )


def test_a_proxy_sends_the_file_where_there_is_one(client, film, settings: Settings):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    response = client.get(f"/v/{film.slug}/video.mp4?download=1", headers={"Range": "bytes=0-1"})
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/protected/{film.film.name}"
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Disposition"].startswith("attachment")
    film.visibility = "private"
    film.save(update_fields=["visibility"])
    refused = client.get(f"/v/{film.slug}/video.mp4")
    assert refused.status_code == 404
    assert "X-Accel-Redirect" not in refused


def test_memory_does_not_grow_with_the_file(film):
    with Path(film.film.path).open("r+b") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    try:
        request = RequestFactory().get("/", headers={"Range": "bytes=1000-"})
        response = serve(request, film.film, content_type="video/mp4", cache="private")
        sent = sum(len(block) for block in response)
        response.close()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent == 200 * 1024 * 1024 - 1000
    assert peak < 2 * 1024 * 1024


def test_a_part_of_a_file_ends_where_it_should(film):
    with closing(FilePart(Path(film.film.path), Span(10, 20))) as part:
        assert os.lseek(part.fileno(), 0, os.SEEK_CUR) == 10
        assert [part.read(4), part.read(4), part.read(4), part.read(4)] == [
            FILM[10:14], FILM[14:18], FILM[18:20], b"",
        ]  # fmt: skip
    with closing(FilePart(Path(film.film.path), Span(10, 20))) as part:
        assert part.read() == FILM[10:20]


def test_no_name_is_not_found():
    with pytest.raises(Http404):
        serve(RequestFactory().get("/"), Video().film, content_type="video/mp4", cache="private")


@pytest.fixture
def gunicorn(tmp_path: Path, settings: Settings) -> Iterator[str]:
    """Serve this test's database and files by the server that people run."""
    with web_server(tmp_path, settings) as address:
        yield address


@pytest.mark.processes
def test_the_server_that_people_run_sends_parts(gunicorn):
    film = a_finished_video(visibility="public", film_bytes=FILM)
    path = f"/v/{film.slug}/video.mp4"
    part = fetch(gunicorn, path, Range="bytes=300-5299")
    assert (part.status, part.body) == (206, FILM[300:5300])
    whole = fetch(gunicorn, path)
    assert (whole.status, whole.body) == (200, FILM)
    head = fetch(gunicorn, path, "HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(SIZE))
    assert fetch(gunicorn, path, Range=f"bytes={SIZE}-").status == 416
    assert fetch(gunicorn, path, If_None_Match=whole.headers["ETag"]).status == 304


def test_a_server_whose_sendfile_gave_up_goes_on_where_it_stood(film):
    with closing(FilePart(Path(film.film.path), Span(10, 20))) as part:
        position = os.lseek(part.fileno(), 0, os.SEEK_CUR)
        part.seek(position)
        assert part.read() == FILM[10:20]
        part.seek(position + 5)
        assert part.read() == FILM[15:20]
