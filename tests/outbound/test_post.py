"""One POST to a client's server: real HTTP on loopback."""

import socket
import threading
import time

import pytest

from tests.network import free_port
from videos.outbound.post import MAX_RESPONSE_BYTES, PostResult, post

BODY = b'{"code": 200}'
NOT_PUBLIC = "The address leads to no server that the public internet knows."


def send(url: str, total_timeout: float = 5.0, should_stop=lambda: False) -> PostResult:
    headers = {"Content-Type": "application/json", "X-Webhook-Id": "1"}
    return post(url, BODY, headers, total_timeout=total_timeout, should_stop=should_stop)


@pytest.fixture
def names(monkeypatch):
    """Return a dictionary of host names' addresses; each look-up takes the next list of them."""
    hosts: dict[str, list[list[str]]] = {}
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host not in hosts:
            return real(host, port, *args, **kwargs)
        looked_up.append(host)
        lists = hosts[host]
        addresses = lists.pop(0) if len(lists) > 1 else lists[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    hosts["looked_up"] = looked_up
    return hosts


def test_what_is_sent_arrives_as_it_is(receiver, settings):
    settings.SITE_URL = "https://portal.example.com"
    assert send(receiver.url) == PostResult(200)
    (call,) = receiver.calls
    assert call.path == "/hook?of=client"
    assert call.body == BODY
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["User-Agent"] == "SunoPortal/1.0 (+https://portal.example.com)"
    assert not {"Cookie", "Authorization"} & set(call.headers)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_success_is_one(receiver, status):
    receiver.answer = status
    assert send(receiver.url).is_success


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_every_other_status_is_a_failure(receiver, status):
    receiver.answer = status
    result = send(receiver.url)
    assert result.status == status
    assert not result.is_success
    assert result.error == f"The receiver answered {status}."


def test_a_redirect_is_not_followed(receiver):
    receiver.answers = [receiver.redirect(receiver.url)]
    result = send(receiver.url)
    assert result == PostResult(307, "The receiver answered 307; redirects are not followed.")
    assert len(receiver.calls) == 1


def test_a_receiver_that_hangs_is_a_timeout(receiver):
    receiver.answer = receiver.hang
    began = time.monotonic()
    result = send(receiver.url, total_timeout=0.5)
    assert result == PostResult(None, "The server did not answer within 0.5 seconds.")
    assert time.monotonic() - began < 1.5


def test_a_receiver_that_drips_its_headers_is_a_timeout(receiver):
    receiver.answer = receiver.drip_head
    began = time.monotonic()
    result = send(receiver.url, total_timeout=0.6)
    assert result == PostResult(None, "The server did not answer within 0.6 seconds.")
    assert time.monotonic() - began < 1.6


def test_a_success_counts_although_its_body_drips(receiver):
    receiver.answer = receiver.drip_body
    began = time.monotonic()
    assert send(receiver.url, total_timeout=0.6).is_success
    assert time.monotonic() - began < 1.6


def test_ten_megabytes_are_not_read(receiver):
    receiver.answer = receiver.flood
    assert send(receiver.url).status == 500
    time.sleep(0.2)
    # The rest is in the buffers of both sockets and was never read by us
    assert receiver.flooded < MAX_RESPONSE_BYTES + 8_000_000


def test_at_most_64_kilobytes_are_read(receiver, monkeypatch):
    read = []
    real = socket.SocketIO.readinto

    def readinto(self, buffer):
        count = real(self, buffer)
        if threading.current_thread() is threading.main_thread():
            read.append(count or 0)
        return count

    monkeypatch.setattr(socket.SocketIO, "readinto", readinto)
    receiver.answer = receiver.flood
    assert send(receiver.url).status == 500
    assert (
        MAX_RESPONSE_BYTES <= sum(read) < MAX_RESPONSE_BYTES + 20_000
    )  # with its headers and a buffer


def test_a_receiver_that_hangs_up_is_reported(receiver):
    receiver.answer = receiver.hang_up
    result = send(receiver.url)
    assert result == PostResult(None, "The connection to the server broke.")


def test_a_closed_port_is_reported(settings):
    port = free_port()
    settings.ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
    result = send(f"http://127.0.0.1:{port}/")
    assert result == PostResult(None, "The server takes no connections.")


def test_an_unknown_name_is_reported(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert send("https://client.example/") == PostResult(None, NOT_PUBLIC)


def test_a_name_server_that_hangs_is_a_timeout(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: over.wait(30) and [])
    began = time.monotonic()
    result = send("https://client.example/", total_timeout=0.3)
    over.set()
    assert time.monotonic() - began < 1.5
    assert result.error == NOT_PUBLIC


def test_a_receiver_without_a_certificate_is_reported(receiver):
    result = send(receiver.url.replace("http:", "https:"))
    assert result == PostResult(None, "The server has no valid certificate.")
    assert not receiver.calls


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254", "127.0.0.1", "127.1", "[::1]", "[::]", "0.0.0.0", "0", "10.1.2.3",
        "172.16.0.9", "192.168.0.1", "100.64.0.1", "2130706433", "0x7f000001", "017700000001",
        "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[64:ff9b::a00:1]", "[2002:7f00:1::]",
        "[fe80::1]", "[fd00::1]", "224.0.0.1", "255.255.255.255", "localhost",
    ],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_address_of_our_own_network_is_called(receiver, settings, host, scheme, connected):
    settings.ALLOWED_PRIVATE_HOSTS = []
    port = receiver.host.rpartition(":")[2]
    assert send(f"{scheme}://{host}:{port}/hook") == PostResult(None, NOT_PUBLIC)
    assert not connected
    assert not receiver.calls


def test_a_host_on_the_allowlist_is_open_at_its_port_only(receiver):
    with_other_port = receiver.url.replace(receiver.host, f"127.0.0.1:{free_port()}")
    assert send(with_other_port).error == NOT_PUBLIC
    assert send(receiver.url).is_success


def test_one_private_address_of_a_name_is_enough(names, connected):
    names["client.example"] = [["1.1.1.1", "10.0.0.1"]]
    assert send("https://client.example/hook").error == NOT_PUBLIC
    assert not connected


def test_a_name_that_changes_its_mind_gains_nothing(names, receiver, settings, connected):
    settings.ALLOWED_PRIVATE_HOSTS = []
    names["rebind.example"] = [["1.1.1.1"], ["127.0.0.1"]]
    port = receiver.host.rpartition(":")[2]
    first = send(f"http://rebind.example:{port}/hook", total_timeout=1.0)
    second = send(f"http://rebind.example:{port}/hook", total_timeout=1.0)
    assert names["looked_up"] == ["rebind.example", "rebind.example"]  # once for each request …
    assert [address[0] for address in connected] == ["1.1.1.1"]  # … which goes to that address
    assert not first.is_success
    assert second.error == NOT_PUBLIC
    assert not receiver.calls


@pytest.mark.parametrize(
    "url",
    ["playground", "", "//client.example/", "ftp://1.1.1.1/", "file:///etc/passwd", "https://",
     "https://[", "http://1.1.1.1:99999/", "http://1.1.1.1:0/", "javascript:alert(1)",
     "https://a@1.1.1.1/", "https://exa mple.com/", "https://.example.com/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_called(url, connected):
    assert send(url).is_address_refused
    assert not connected


@pytest.mark.parametrize("port", [22, 25, 6379])
def test_ports_of_other_services_are_not_called(port, connected):
    result = send(f"http://1.1.1.1:{port}/")
    assert result.is_address_refused
    assert result.error == "The port of the address is not one of web servers."
    assert not connected


def test_plain_http_can_be_forbidden(receiver, settings, connected):
    settings.ALLOW_HTTP_WEBHOOKS = False
    assert send("http://1.1.1.1/hook").error.endswith("not one of https, and is not followed.")
    assert not connected
    assert send(receiver.url).is_success  # the operator lists it


def test_proxies_of_the_environment_are_not_used(receiver, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")
    assert send(receiver.url).is_success


def test_it_ends_as_soon_as_the_worker_does(receiver):
    receiver.answer = receiver.hang
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    began = time.monotonic()
    assert send(receiver.url, total_timeout=10, should_stop=stop.is_set).status is None
    assert time.monotonic() - began < 2


def test_the_excerpt_of_a_response_is_short_and_printable(receiver, monkeypatch):
    monkeypatch.setattr("videos.outbound.post.is_allowlisted", lambda host, port: False)
    receiver.answer = receiver.respond_with(
        422, b"no \x00\x1b[31m" + "поле".encode() + b"\r\n\xff" + b"x" * 999
    )
    excerpt = send(receiver.url).response_excerpt
    assert excerpt.startswith("no  [31mполе ")
    assert len(excerpt) == 200


def test_what_a_host_of_our_network_answers_is_not_shown(receiver):
    receiver.answer = receiver.respond_with(500, b"root:x:0:0")
    assert send(receiver.url).response_excerpt == ""
