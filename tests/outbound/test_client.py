"""The one client: real listeners on loopback, to which no address of others may lead."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from videos.outbound import downloads
from videos.outbound.addresses import RefusedAddress, check_address
from videos.outbound.client import Client, NoConnection, NoResponse, user_agent
from videos.outbound.post import post

LOCAL = ["127.0.0.1", "127.1", "127.3.2.1", "0x7f.1", "2130706433", "0x7f000001", "017700000001",
         "0177.0.0.1", "0", "0.0.0.0", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.",
         "[::1]", "[0:0:0:0:0:0:0:1]", "[::]",
         "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
         "inside.example", "inside-v6.example", "partly-inside.example"]  # fmt: skip
NAMES = {
    "inside.example": ["127.0.0.1"],
    "inside-v6.example": ["::1"],
    "partly-inside.example": ["127.0.0.1", "1.1.1.1"],
}
NO_NAMES = ["①②⑦.0.0.1", "１２７。0。0。1", "ⓛocalhost"]  # which other programs read as ours


class Listener:
    """A server on all loopback addresses of IPv4 and IPv6, at two ports; counts connections."""

    def __init__(self) -> None:
        self.connections = 0
        self.requests: list[bytes] = []
        self.response = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
        self._servers: list[socket.socket] = []
        self.ports = [self._listen(), self._listen()]

    def _listen(self) -> int:
        first = socket.create_server(("0.0.0.0", 0))
        port = first.getsockname()[1]
        second = socket.create_server(("::", port), family=socket.AF_INET6)
        for server in (first, second):
            self._servers.append(server)
            threading.Thread(target=self._serve, args=(server,), daemon=True).start()
        return port

    def _serve(self, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                with server.accept()[0] as client:
                    self.connections += 1
                    client.settimeout(5)
                    self.requests.append(client.recv(65536))
                    client.sendall(self.response)

    def close(self) -> None:
        for server in self._servers:
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(autouse=True)
def names(monkeypatch) -> dict[str, list[str]]:
    """Resolve ``NAMES`` and what a test adds; the answers of other names are the system's."""
    hosts = {name: [*addresses] for name, addresses in NAMES.items()}
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host not in hosts:
            return real(host, port, *args, **kwargs)
        return [real(each, port, *args, **kwargs)[0] for each in hosts[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return hosts


def get(url: str, **options) -> bytes:
    with Client(5.0, **options) as client, client.send("GET", url, headers={}) as response:
        return response.read_all(1000)


def client_refuses(url: str, tmp_path) -> None:
    with pytest.raises(RefusedAddress):
        get(url, allow_http=True)


def download_refuses(url: str, tmp_path) -> None:
    with pytest.raises(downloads.Refused):
        downloads.download(url, tmp_path / "file", max_bytes=1000, total_timeout=5.0)


def post_refuses(url: str, tmp_path) -> None:
    result = post(url, b"{}", {}, total_timeout=5.0, should_stop=lambda: False)
    assert result.status is None


@pytest.mark.parametrize("refuses", [client_refuses, download_refuses, post_refuses])
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", [*LOCAL, *NO_NAMES])
def test_no_connection_arrives(host, scheme, refuses, listener, tmp_path):
    for port in listener.ports:
        refuses(f"{scheme}://{host}:{port}/", tmp_path)
    assert listener.connections == 0


@pytest.mark.parametrize("host", LOCAL)
def test_without_the_guard_it_would_arrive(host, listener):
    """The control of the test above: the same addresses, trusted as those of an operator are."""
    for port in listener.ports:
        assert get(f"http://{host}:{port}/", is_trusted=True) == b"ok"
    assert listener.connections == len(listener.ports)


def test_without_the_guard_tls_would_arrive(listener):
    with pytest.raises(NoConnection, match="no valid certificate"):
        get(f"https://127.0.0.1:{listener.ports[0]}/", is_trusted=True)
    assert listener.connections == 1


@pytest.mark.parametrize("host", LOCAL)
def test_no_redirect_leads_inside(host, receiver, listener, tmp_path):
    receiver.answer = receiver.redirect(f"https://{host}:{listener.ports[0]}/")
    download_refuses(receiver.url, tmp_path)
    assert len(receiver.calls) == 1
    assert listener.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "inside.example"])
def test_a_redirect_to_a_host_that_the_operator_lists_arrives(
    host, receiver, listener, tmp_path, settings
):
    """The control of the test above."""
    settings.ALLOWED_PRIVATE_HOSTS = [receiver.host, f"{host}:{listener.ports[0]}"]
    receiver.answer = receiver.redirect(f"http://{host}:{listener.ports[0]}/")
    downloads.download(receiver.url, tmp_path / "file", max_bytes=1000, total_timeout=5.0)
    assert (tmp_path / "file").read_bytes() == b"ok"
    assert listener.connections == 1


def test_a_name_that_changes_after_its_check_leads_nowhere(names, listener):
    url = f"http://rebind.example:{listener.ports[0]}/"
    names["rebind.example"] = ["1.1.1.1"]
    check_address(url.replace("http:", "https:"))
    names["rebind.example"] = ["127.0.0.1"]
    with pytest.raises(RefusedAddress):
        get(url, allow_http=True)
    assert listener.connections == 0
    assert get(url, is_trusted=True) == b"ok"


def test_a_name_is_resolved_once_for_a_connection(monkeypatch, listener, settings):
    """Between the check and the connection nothing is resolved that could change."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    look_up = socket.getaddrinfo

    def change(host, port, *args, **kwargs):
        assert host == "fickle.example"
        return [look_up(each, port, *args, **kwargs)[0] for each in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", change)
    port = listener.ports[0]
    settings.ALLOWED_PRIVATE_HOSTS = [f"fickle.example:{port}"]
    assert get(f"http://fickle.example:{port}/") == b"ok"
    assert next(answers) == ["127.0.0.2"]
    assert b"Host: fickle.example" in listener.requests[0]


def test_a_host_with_several_addresses_is_reached_by_one_that_listens(names, listener):
    port = socket.create_server(("127.0.0.1", 0))
    names["several.example"] = ["127.0.0.9", "::1"]
    closed = port.getsockname()[1]
    port.close()
    with pytest.raises(NoConnection, match="takes no connections"):
        get(f"http://several.example:{closed}/", is_trusted=True)
    assert get(f"http://several.example:{listener.ports[0]}/", is_trusted=True) == b"ok"


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "http://", "nothing", "http://a b/", "http://[/"]
)
@pytest.mark.parametrize("is_trusted", [True, False])
def test_what_is_no_address_of_the_web_is_refused(url, is_trusted):
    with pytest.raises((RefusedAddress, NoResponse)):
        get(url, is_trusted=is_trusted)


def test_a_name_and_a_password_are_refused_even_where_the_host_is_allowed(listener, settings):
    host = f"127.0.0.1:{listener.ports[0]}"
    settings.ALLOWED_PRIVATE_HOSTS = [host]
    with pytest.raises(RefusedAddress, match="log-in"):
        get(f"http://ann:secret@{host}/")
    assert listener.connections == 0


@pytest.fixture
def environment(monkeypatch, tmp_path, listener) -> Iterator[None]:
    """Set proxies and a netrc file that the client must not use."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    return


@pytest.mark.usefixtures("environment")
def test_nothing_of_the_environment_and_no_cookie_goes_with_a_request(listener, settings):
    settings.SITE_URL = "https://portal.example.com"
    listener.response = listener.response.replace(b"OK\r\n", b"OK\r\nSet-Cookie: a=b\r\n")
    url = f"http://127.0.0.1:{listener.ports[0]}/song.mp3?a=b"
    with Client(5.0, is_trusted=True) as client:
        for _ in range(2):
            with client.send("GET", url, headers={"X-Own": "1"}) as response:
                assert response.read_all(10) == b"ok"
    for request in listener.requests:
        lines = request.decode().split("\r\n")
        assert lines[0] == "GET /song.mp3?a=b HTTP/1.1"
        names = {line.partition(":")[0] for line in lines[1:] if line}
        assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "X-Own"}
        assert f"User-Agent: {user_agent()}" in lines
    assert user_agent() == "SunoPortal/1.0 (+https://portal.example.com)"


def test_a_response_that_is_too_large_or_cut_short_is_none(listener):
    url = f"http://127.0.0.1:{listener.ports[0]}/"
    listener.response = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000
    with pytest.raises(NoResponse, match="too large"):
        get(url, is_trusted=True)
    listener.response = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort"
    with pytest.raises(NoResponse, match="broke") as caught:
        get(url, is_trusted=True)
    assert not isinstance(caught.value, NoConnection)


def test_the_text_of_an_error_holds_no_address(listener):
    def text_of(call: Callable[[], object]) -> str:
        with pytest.raises((NoResponse, RefusedAddress)) as caught:
            call()
        return str(caught.value)

    listener.response = b"nonsense\r\n\r\n"
    port = listener.ports[0]
    for options in ({"is_trusted": True}, {}):
        text = text_of(lambda options=options: get(f"http://127.0.0.1:{port}/secret", **options))
        assert "secret" not in text
        assert "127" not in text
