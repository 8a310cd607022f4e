"""Downloads from servers that break off, lie, are slow, or redirect us."""

import contextlib
import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.quiet_server import QuietServer
from tests.requirements import require
from videos.outbound import downloads
from videos.outbound.addresses import check_address
from videos.outbound.client import tls_context
from videos.outbound.downloads import (
    DownloadError,
    DownloadStopped,
    Gone,
    Refused,
    TooLarge,
    WrongFileType,
    download,
    is_mp4,
)

FILE = b"\0\0\0\x20ftypisom" + bytes(range(256)) * 4000


class FileServer:
    """A file server whose responses a test defines."""

    def __init__(self) -> None:
        self.ranges: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Callable[[BaseHTTPRequestHandler, int], None] = self.whole
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.ranges.append(self.headers.get("Range", ""))
                outer.headers.append(dict(self.headers))
                with contextlib.suppress(OSError):
                    outer.answer(self, len(outer.ranges))

            def log_message(self, *args: object) -> None:
                """Log nothing."""

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}/film.mp4?signature=secret"

    def whole(self, request: BaseHTTPRequestHandler, number: int) -> None:
        self.send(request, 200, FILE)

    def send(
        self, request: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str
    ) -> None:
        request.send_response(status)
        names = {"Content-Length": str(len(body)), "ETag": '"1"'}
        for name, value in (names | {n.replace("_", "-"): v for n, v in headers.items()}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    def breaks_off(self, at: int, then: str = "resume"):
        """Return an answer that breaks off after ``at`` bytes, then goes on as ``then`` says."""

        def answer(request: BaseHTTPRequestHandler, number: int) -> None:
            requested = request.headers.get("Range")
            if number == 1:
                self.send(request, 200, FILE[:at], Content_Length=str(len(FILE)))
                request.close_connection = True
            elif then == "resume" and requested == f"bytes={at}-":
                part = f"bytes {at}-{len(FILE) - 1}/{len(FILE)}"
                self.send(request, 206, FILE[at:], Content_Range=part)
            elif then == "another part" and requested:
                self.send(request, 206, FILE[9:], Content_Range=f"bytes 9-99/{len(FILE)}")
            else:
                self.whole(request, number)

        return answer


@pytest.fixture
def server(settings, monkeypatch) -> Iterator[FileServer]:
    monkeypatch.setattr(downloads, "BACKOFF", 0.01)
    server = FileServer()
    settings.ALLOWED_PRIVATE_HOSTS = [server.host]
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def fetch(server, tmp_path) -> Callable[..., Path]:
    def fetch(url: str = "", **options: object) -> Path:
        target = tmp_path / "film.mp4"
        defaults = {"max_bytes": 10_000_000, "total_timeout": 20.0, "is_expected_kind": is_mp4}
        download(url or server.url, target, **defaults | options)
        return target

    return fetch


def complete_files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix != ".part"]


def test_a_file_is_fetched_whole_and_named_at_the_end(server, fetch, tmp_path):
    seen = []
    target = fetch(on_progress=lambda done, total: seen.append((done, total)))
    assert target.read_bytes() == FILE
    assert list(tmp_path.iterdir()) == [target]
    assert seen[-1] == (len(FILE), len(FILE))
    assert server.headers[0]["User-Agent"].startswith("SunoPortal/")
    assert "Authorization" not in server.headers[0]
    assert "Cookie" not in server.headers[0]


def test_what_broke_off_is_resumed(server, fetch):
    server.answer = server.breaks_off(300_000)
    assert fetch().read_bytes() == FILE
    assert server.ranges == ["", "bytes=300000-"]
    assert server.headers[1]["If-Range"] == '"1"'


@pytest.mark.parametrize("then", ["start again", "another part"])
def test_a_server_without_ranges_sends_it_again(server, fetch, then):
    server.answer = server.breaks_off(300_000, then)
    assert fetch().read_bytes() == FILE


def test_a_server_that_always_breaks_off_is_given_up(server, fetch, tmp_path):
    def answer(request, number):
        server.send(request, 200, b"", Content_Length=str(len(FILE)))
        request.close_connection = True

    server.answer = answer
    with pytest.raises(DownloadError, match="The connection to the server broke") as caught:
        fetch()
    assert "secret" not in str(caught.value)
    assert len(server.ranges) == downloads.MAX_FAILURES
    assert not complete_files(tmp_path)


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_file_is_gone(server, fetch, status):
    server.answer = lambda request, n: server.send(request, status, b"no")
    with pytest.raises(Gone):
        fetch()
    assert len(server.ranges) == 1


def test_a_page_is_no_film(server, fetch, tmp_path):
    server.answer = lambda request, n: server.send(request, 200, b"<!doctype html>" * 99)
    with pytest.raises(WrongFileType):
        fetch()
    assert not complete_files(tmp_path)


@pytest.mark.parametrize("says_so", [True, False])
def test_a_file_that_is_too_large_is_not_stored(server, fetch, tmp_path, says_so):
    def answer(request, number):
        request.send_response(200)
        if says_so:
            request.send_header("Content-Length", str(len(FILE)))
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(FILE)
        request.close_connection = True

    server.answer = answer
    with pytest.raises(TooLarge):
        fetch(max_bytes=500_000)
    assert not complete_files(tmp_path)


def hangs(request, number):
    request.send_response(200)
    request.send_header("Content-Length", str(len(FILE)))
    request.end_headers()
    request.wfile.write(FILE[:100])
    request.wfile.flush()
    time.sleep(30)


def test_it_stops_within_a_second_although_the_server_hangs(server, fetch):
    server.answer = hangs
    began = time.monotonic()
    with pytest.raises(DownloadStopped):
        fetch(should_stop=lambda: time.monotonic() - began > 0.3)
    assert time.monotonic() - began < 1.3


@pytest.mark.parametrize("header", ["Content-Length", "Connection"])
def test_the_total_timeout_ends_a_download_although_bytes_drip(server, fetch, header):
    def drips(request, number):
        request.send_response(200)
        request.send_header(header, {"Connection": "close"}.get(header, str(len(FILE))))
        request.end_headers()
        for byte in FILE:
            request.wfile.write(bytes([byte]))
            time.sleep(0.05)

    server.answer = drips
    began = time.monotonic()
    with pytest.raises(DownloadError):
        fetch(total_timeout=0.5)
    assert time.monotonic() - began < 2


def test_a_server_that_is_far_too_slow_keeps_no_worker(server, fetch, monkeypatch):
    monkeypatch.setattr(downloads, "SPEED_WINDOW", 0.3)

    def drips(request, number):
        request.send_response(200)
        request.send_header("Content-Length", str(len(FILE)))
        request.end_headers()
        for byte in FILE:
            request.wfile.write(bytes([byte]))
            time.sleep(0.02)

    server.answer = drips
    began = time.monotonic()
    with pytest.raises(DownloadError, match="too slow"):
        fetch()
    assert time.monotonic() - began < 3
    assert len(server.ranges) == 1


def test_a_first_block_of_one_byte_is_no_other_kind_of_file(server, fetch):
    def chunks(request, number):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for part in (FILE[:1], FILE[1:6], FILE[6:]):
            request.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            request.wfile.flush()
            time.sleep(0.05)
        request.wfile.write(b"0\r\n\r\n")

    server.answer = chunks
    assert fetch().read_bytes() == FILE


def test_what_broke_off_after_a_few_bytes_is_judged_whole(server, fetch):
    server.answer = server.breaks_off(5)
    assert fetch().read_bytes() == FILE
    assert server.ranges == ["", "bytes=5-"]


@pytest.mark.parametrize("file", [b"\0\0\0\x08ft", b"\0\0\0\x0cftypisom", b"<html>"])
def test_a_file_of_a_few_bytes_is_judged_too(server, fetch, file):
    server.answer = lambda request, n: server.send(request, 200, file)
    if is_mp4(file):
        assert fetch().read_bytes() == file
    else:
        with pytest.raises(WrongFileType):
            fetch()


def test_a_part_of_another_file_is_not_added(server, fetch):
    """The server has a new file of the same length, and does not know If-Range."""
    other = FILE[:16] + bytes(reversed(FILE[16:]))

    def answer(request, number):
        if number == 1:
            server.send(request, 200, FILE[:300_000], Content_Length=str(len(FILE)))
            request.close_connection = True
        elif requested := request.headers.get("Range"):
            start = int(requested.removeprefix("bytes=").removesuffix("-"))
            part = f"bytes {start}-{len(other) - 1}/{len(other)}"
            server.send(request, 206, other[start:], Content_Range=part, ETag='"2"')
        else:
            server.send(request, 200, other, ETag='"2"')

    server.answer = answer
    assert fetch().read_bytes() == other
    assert server.ranges == ["", "bytes=300000-", ""]


@pytest.mark.parametrize("headers", [{"Content_Encoding": "gzip"}, {}])
@pytest.mark.parametrize("members", [1, 2])
def test_a_film_that_is_packed_all_the_same_is_unpacked(server, fetch, headers, members):
    half = len(FILE) // members
    packed = b"".join(gzip.compress(FILE[n * half : (n + 1) * half]) for n in range(members))
    server.answer = lambda request, n: server.send(request, 200, packed, **headers)
    assert fetch().read_bytes() == FILE[: half * members]
    assert server.headers[0]["Accept-Encoding"] == "identity"


def test_a_film_that_is_only_called_packed_is_taken(server, fetch):
    server.answer = lambda request, n: server.send(request, 200, FILE, Content_Encoding="gzip")
    assert fetch().read_bytes() == FILE


def test_a_packed_film_that_breaks_off_begins_again(server, fetch):
    packed = gzip.compress(FILE, 1)

    def answer(request, n):
        length = str(len(packed))
        body = packed[: len(packed) // 2] if n == 1 else packed
        server.send(request, 200, body, Content_Length=length, Content_Encoding="gzip")
        request.close_connection = True

    server.answer = answer
    assert fetch().read_bytes() == FILE
    assert server.ranges == ["", ""]


def test_a_packed_file_is_limited_by_what_it_holds(server, fetch):
    packed = gzip.compress(FILE + bytes(20_000_000))
    server.answer = lambda request, n: server.send(request, 200, packed, Content_Encoding="gzip")
    with pytest.raises(TooLarge):
        fetch()
    packed = gzip.compress(b"<html>" * 100)
    with pytest.raises(WrongFileType):
        fetch()


@pytest.mark.parametrize(
    "target",
    [
        "https://[/film.mp4",
        "https://a..b/film.mp4",
        "https://169.254.169.254/latest/meta-data/",
        "http://1.1.1.1/film.mp4",
        "http://127.0.0.1:1/film.mp4",
        "file:///etc/passwd",
        "https://user:pass@1.1.1.1/",
    ],
)
def test_a_redirect_into_our_network_is_not_followed(server, fetch, target):
    server.answer = lambda request, n: server.send(request, 302, b"", Location=target)
    with pytest.raises(Refused):
        fetch()
    assert len(server.ranges) == 1


def test_redirects_are_followed_to_a_point(server, fetch):
    def once(request, number):
        if number == 1:
            server.send(request, 302, b"", Location="/elsewhere.mp4")
        else:
            server.whole(request, number)

    server.answer = once
    assert fetch().read_bytes() == FILE
    server.answer = lambda request, n: server.send(request, 302, b"", Location="/again")
    with pytest.raises(DownloadError, match="from address to address"):
        fetch()


def test_the_body_of_a_redirect_is_not_read(server, fetch):
    def once(request, number):
        if number == 1:
            headers = {"Location": "/elsewhere.mp4", "Content_Length": "9999999999"}
            server.send(request, 302, b"<html>", **headers)
            time.sleep(10)
        else:
            server.whole(request, number)

    server.answer = once
    began = time.monotonic()
    assert fetch().read_bytes() == FILE
    assert time.monotonic() - began < 3


def test_a_name_that_changes_its_mind_gains_nothing(server, fetch, monkeypatch):
    """The address that was checked is the one connected to: the name is not resolved again."""
    answers = iter(["1.1.1.1", "127.0.0.1"])
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host != "rebind.example":
            return real(host, port, *args, **kwargs)
        address = (next(answers), port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    connected = []

    def connect(self, address):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    check_address(f"https://rebind.example:{server.server.server_port}/film.mp4")
    with pytest.raises(DownloadError):
        fetch(f"https://rebind.example:{server.server.server_port}/film.mp4")
    assert connected == []


def test_no_proxy_of_the_environment_goes_in_between(server, fetch, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch().read_bytes() == FILE


def test_a_server_error_is_tried_again(server, fetch):
    def answer(request, number):
        server.send(request, 503, b"") if number < 3 else server.whole(request, number)

    server.answer = answer
    assert fetch().read_bytes() == FILE


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the key and the self-signed certificate of 127.0.0.1."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    require(shutil.which("openssl"), "openssl")
    options = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x"
    )
    files = ["-keyout", str(key), "-out", str(certificate)]
    name = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(["openssl", *options.split(), *name, *files], check=True, capture_output=True)
    return key, certificate


@pytest.fixture
def secure(server, certificate) -> str:
    """Let the file server use TLS; return the address of its file."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
    return f"https://{server.host}/film.mp4"


def test_a_self_signed_certificate_is_refused(server, fetch, secure):
    with pytest.raises(DownloadError):
        fetch(secure)
    assert server.ranges == []


def test_a_film_is_fetched_over_tls_from_the_host_of_the_certificate(
    server, fetch, secure, certificate, settings, monkeypatch
):
    tls_context.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))  # of the operator's own authority
    server.answer = server.breaks_off(300_000)
    assert fetch(secure).read_bytes() == FILE
    other = secure.replace("127.0.0.1", "localhost")
    settings.ALLOWED_PRIVATE_HOSTS.append(server.host.replace("127.0.0.1", "localhost"))
    with pytest.raises(DownloadError, match="no valid certificate"):
        fetch(other)
    tls_context.cache_clear()
