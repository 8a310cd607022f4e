"""The benchmark of slow clients."""

import socket
import time

import pytest

from benchmarks import slow_clients


@pytest.mark.parametrize("kind", slow_clients.KINDS)
def test_slow_clients_keep_their_connections_busy(kind):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with slow_clients.KINDS[kind](port, 2, "slug"):
            first, _ = listener.accept()
            second, _ = listener.accept()
            begin = first.recv(1000)
            assert begin.startswith((b"GET /", b"POST /accounts/login/"))
            assert not begin.endswith(b"\r\n\r\n") or kind == "readers"
            if kind != "readers":
                first.settimeout(10)
                assert first.recv(1) == b"x"
            first.close()
            second.close()


@pytest.mark.parametrize(
    ("times", "text"),
    [
        ([10.0, 30.0, 20.0], "20 ms, at most 30"),
        ([10.0, float("inf"), 20.0], "15 ms, at most 20, 1 lost"),
        ([float("inf")] * 3, "no answer in 10 s"),
    ],
)
def test_times_are_told_in_a_few_words(times, text):
    assert slow_clients.describe(times) == text


def test_a_server_that_says_nothing_has_not_answered(monkeypatch):
    monkeypatch.setattr(slow_clients, "REQUEST_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        start = time.monotonic()
        assert not slow_clients.fetch(listener.getsockname()[1])
        assert time.monotonic() - start < 10
