"""Programs and servers that some tests need, which are skipped or fail without them."""

import os
import shutil
import socket

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def require(available: object, name: str) -> None:
    """Skip the test if ``name`` is not ``available``; in continuous integration, fail."""
    if available:
        return
    if os.environ.get("REQUIRE_EVERYTHING"):
        pytest.fail(f"{name} is missing, and nothing may be skipped here")
    pytest.skip(f"{name} was not found on this machine")


def is_listening(port: int) -> bool:
    """Return whether a server listens on ``port`` of this machine."""
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0
