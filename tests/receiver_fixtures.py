"""Fixtures for tests of webhooks and of other outgoing requests."""

import socket
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.receiver import Receiver


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    with Receiver() as receiver:
        settings.ALLOWED_PRIVATE_HOSTS = [receiver.host]
        yield receiver


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Collect the addresses of connections; all but loopback are refused."""
    addresses: list[tuple[str, int]] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            addresses.append(address)
            if address[0] != "127.0.0.1":
                raise ConnectionRefusedError
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return addresses
