"""One POST to a client's server: real HTTP on loopback."""

import socket
import threading
import time

import pytest

from tests.network import free_port
from videos.outbound.post import LARGEST, Answer, post

BODY = b'{"code": 200}'


def send(url: str, patience: float = 5.0, should_stop=lambda: False) -> Answer:
    headers = {"Content-Type": "application/json", "X-Webhook-Id": "1"}
    return post(url, BODY, headers, patience=patience, should_stop=should_stop)


@pytest.fixture
def names(monkeypatch):
    """Give names their addresses: each look-up takes the next of those that are left."""
    known: dict[str, list[list[str]]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host not in known:
            return real(host, port, *args, **kwargs)
        asked.append(host)
        answers = known[host]
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in now]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    known["asked"] = asked
    return known


def test_what_is_sent_arrives_as_it_is(receiver, settings):
    settings.SITE_URL = "https://portal.example.com"
    assert send(receiver.url) == Answer(200)
    (call,) = receiver.calls
    assert call.path == "/hook?of=client"
    assert call.body == BODY
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["User-Agent"] == "SunoPortal/1.0 (+https://portal.example.com)"
    assert not {"Cookie", "Authorization"} & set(call.headers)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_success_is_one(receiver, status):
    receiver.answer = status
    assert send(receiver.url).is_taken


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_every_other_answer_is_a_call_in_vain(receiver, status):
    receiver.answer = status
    answer = send(receiver.url)
    assert answer.status == status
    assert not answer.is_taken
    assert answer.error == f"The receiver answered {status}."


def test_a_redirect_is_not_followed(receiver):
    receiver.answers = [receiver.redirect(receiver.url)]
    answer = send(receiver.url)
    assert answer == Answer(307, "The receiver answered 307; redirects are not followed.")
    assert len(receiver.calls) == 1


def test_a_receiver_that_hangs_is_left(receiver):
    receiver.answer = receiver.hang
    began = time.monotonic()
    answer = send(receiver.url, patience=0.5)
    assert answer == Answer(None, "The receiver did not answer within 0.5 seconds.")
    assert time.monotonic() - began < 1.5


def test_a_receiver_that_drips_its_head_is_left(receiver):
    receiver.answer = receiver.drip_head
    began = time.monotonic()
    answer = send(receiver.url, patience=0.6)
    assert answer == Answer(None, "The receiver did not answer within 0.6 seconds.")
    assert time.monotonic() - began < 1.6


def test_a_receiver_that_said_yes_has_the_news_however_it_drips(receiver):
    receiver.answer = receiver.drip_body
    began = time.monotonic()
    assert send(receiver.url, patience=0.6).is_taken
    assert time.monotonic() - began < 1.6


def test_ten_megabytes_are_not_read(receiver):
    receiver.answer = receiver.flood
    assert send(receiver.url).status == 500
    time.sleep(0.2)
    # What lies in the buffers of both sockets was never read by us
    assert receiver.flooded < LARGEST + 8_000_000


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
    assert LARGEST <= sum(read) < LARGEST + 20_000  # its head and a buffer come along


def test_a_receiver_that_hangs_up_is_said_to(receiver):
    receiver.answer = receiver.hang_up
    answer = send(receiver.url)
    assert answer == Answer(None, "The connection to the receiver broke before it answered.")


def test_nobody_there_is_said(settings):
    port = free_port()
    settings.ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
    answer = send(f"http://127.0.0.1:{port}/")
    assert answer == Answer(None, "The receiver takes no connections.")


def test_a_name_that_nobody_knows_is_said(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert send("https://client.example/") == Answer(None, "Nobody knows the receiver's name.")


def test_a_name_server_that_hangs_is_left(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: over.wait(30) and [])
    began = time.monotonic()
    answer = send("https://client.example/", patience=0.3)
    over.set()
    assert time.monotonic() - began < 1.5
    assert answer.error == "The receiver did not answer within 0.3 seconds."


def test_a_receiver_without_a_certificate_is_said(receiver):
    answer = send(receiver.url.replace("http:", "https:"))
    assert answer == Answer(None, "The receiver has no valid certificate.")
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
    answer = send(f"{scheme}://{host}:{port}/hook")
    assert answer == Answer(None, "The address leads into a private network.", is_refused=True)
    assert not connected
    assert not receiver.calls


def test_a_listed_host_is_open_at_its_port_only(receiver):
    with_other_port = receiver.url.replace(receiver.host, f"127.0.0.1:{free_port()}")
    assert send(with_other_port).is_refused
    assert send(receiver.url).is_taken


def test_one_private_address_of_a_name_is_enough(names, connected):
    names["client.example"] = [["1.1.1.1", "10.0.0.1"]]
    assert send("https://client.example/hook").is_refused
    assert not connected


def test_a_name_that_changes_its_mind_gains_nothing(names, receiver, settings, connected):
    settings.ALLOWED_PRIVATE_HOSTS = []
    names["rebind.example"] = [["1.1.1.1"], ["127.0.0.1"]]
    port = receiver.host.rpartition(":")[2]
    first = send(f"http://rebind.example:{port}/hook", patience=1.0)
    second = send(f"http://rebind.example:{port}/hook", patience=1.0)
    assert names["asked"] == ["rebind.example", "rebind.example"]  # asked once for each call …
    assert [address[0] for address in connected] == ["1.1.1.1"]  # … and what was said is called
    assert not first.is_taken
    assert second.is_refused
    assert not receiver.calls


@pytest.mark.parametrize(
    "url",
    ["playground", "", "//client.example/", "ftp://1.1.1.1/", "file:///etc/passwd", "https://",
     "https://[", "http://1.1.1.1:99999/", "http://1.1.1.1:0/", "javascript:alert(1)",
     "https://a@1.1.1.1/", "https://exa mple.com/", "https://.example.com/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_called(url, connected):
    assert send(url).is_refused
    assert not connected


def test_no_environment_leads_it_elsewhere(receiver, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")
    assert send(receiver.url).is_taken


def test_it_ends_as_soon_as_the_worker_does(receiver):
    receiver.answer = receiver.hang
    asked_to_stop = threading.Event()
    threading.Timer(0.3, asked_to_stop.set).start()
    began = time.monotonic()
    assert send(receiver.url, patience=10, should_stop=asked_to_stop.is_set).status is None
    assert time.monotonic() - began < 2


def test_what_a_receiver_answers_in_vain_is_kept_short_and_plain(receiver, monkeypatch):
    monkeypatch.setattr("videos.outbound.post.is_listed", lambda host, port: False)
    receiver.answer = receiver.say(
        422, b"no \x00\x1b[31m" + "поле".encode() + b"\r\n\xff" + b"x" * 999
    )
    said = send(receiver.url).said
    assert said.startswith("no  [31mполе ")
    assert len(said) == 200


def test_what_a_host_of_our_network_answers_is_not_shown(receiver):
    receiver.answer = receiver.say(500, b"root:x:0:0")
    assert send(receiver.url).said == ""
