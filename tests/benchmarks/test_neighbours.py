"""The benchmark of silent neighbours."""

import socket
import threading

import pytest

from benchmarks.neighbours.__main__ import percentile, row
from benchmarks.neighbours.relay import Relay


@pytest.fixture
def echo():
    """Yield the port of a server that sends back what it gets."""

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                while block := connection.recv(100):
                    connection.sendall(block)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_a_neighbour_that_is_silent_takes_all_and_answers_nothing(echo):
    with Relay(echo) as relay:
        with socket.create_connection(("127.0.0.1", relay.port), 5) as client:
            client.sendall(b"one")
            assert client.recv(10) == b"one"
            relay.silence()
            client.sendall(b"two")
            client.settimeout(0.3)
            with pytest.raises(TimeoutError):
                client.recv(10)
        relay.speak()
        with socket.create_connection(("127.0.0.1", relay.port), 5) as client:
            client.sendall(b"three")
            assert client.recv(10) == b"three"


def test_a_page_is_told_as_a_ratio():
    assert row("cache", "poll", [10.0] * 99 + [40.0], [20.0] * 100) == {
        "neighbour": "cache",
        "page": "poll",
        "p50 ms": 10,
        "p99 ms": 40,
        "silent p50": 20,
        "silent p99": 20,
        "ratio p50": 2.0,
        "ratio p99": 0.5,
    }
    assert percentile([1.0]) == 1.0
