"""Connections to servers that send a byte now and then end at the deadline."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from videos.outbound.client import Client, NoResponse

TOTAL_TIMEOUT = 0.5  # seconds
CLOSING = b"HTTP/1.0 200 OK\r\nContent-Length: 100000\r\n\r\n"
STAYING = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
CLOSED_LATE = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nX-Slow: "
HANDSHAKE = b"\x16\x03\x03\x40\x00"


@pytest.fixture
def drip() -> Iterator[Callable[[bytes], str]]:
    """Yield a function that starts a server; it sends some bytes, then one byte at a time."""
    done = threading.Event()
    listening: list[socket.socket] = []

    def serve(server: socket.socket, beginning: bytes) -> None:
        with server.accept()[0] as client:
            try:
                client.recv(65536)
                client.sendall(beginning)
                while not done.wait(0.05):
                    client.sendall(b"1")
            except OSError:
                pass

    def start_server(beginning: bytes) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)
        threading.Thread(target=serve, args=(server, beginning), daemon=True).start()
        return f"127.0.0.1:{server.getsockname()[1]}"

    yield start_server
    done.set()
    for server in listening:
        server.close()


@pytest.mark.parametrize("beginning", [CLOSING, STAYING, CHUNKED, CLOSED_LATE, HEAD])
def test_it_is_cut_off(drip, beginning):
    assert measure_exchange(f"http://{drip(beginning)}/") < TOTAL_TIMEOUT + 1


def test_a_handshake_is_cut_off(drip):
    assert measure_exchange(f"https://{drip(HANDSHAKE)}/") < TOTAL_TIMEOUT + 1


def measure_exchange(url: str) -> float:
    start = time.monotonic()
    with (
        pytest.raises(NoResponse),
        Client(TOTAL_TIMEOUT, is_trusted=True) as client,
        client.send("GET", url, headers={}) as response,
    ):
        response.read_all(1_000_000)
    assert time.monotonic() - start > TOTAL_TIMEOUT
    return time.monotonic() - start
