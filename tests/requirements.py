"""Programs and servers that some tests need, which are skipped or fail without them."""

import os
import shutil
import socket
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
# Without windows it takes half the processor time, but some layouts differ by a hair
HEADLESS_CHROMIUM = shutil.which("chromium-headless-shell") or CHROMIUM
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
# Of Debian's package webkit2gtk-driver; the browser has the machine's kind in its path
WEBKIT_DRIVER = shutil.which("WebKitWebDriver") or ""
MINIBROWSER = next(map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")), "")
XVFB = shutil.which("Xvfb") or ""


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
