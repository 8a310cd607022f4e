"""What a test needs of the machine, and what happens where it is missing."""

import os
import shutil
import socket

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


def needs(found: object, what: str) -> None:
    """Skip the test where ``what`` is missing, saying so; in continuous integration, fail."""
    if found:
        return
    if os.environ.get("REQUIRE_EVERYTHING"):
        pytest.fail(f"{what} is missing, and nothing may be skipped here")
    pytest.skip(f"{what} was not found on this machine")


def answers(port: int) -> bool:
    """Say whether a server listens at ``port`` of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
