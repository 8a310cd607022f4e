"""Debian's Firefox for Playwright, which speaks WebDriver BiDi with it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.requirements import FIREFOX

# As with Chromium: films may play without a tap
PREFERENCES = {"media.autoplay.default": 0, "media.autoplay.blocking_policy": 0}
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def launched_firefox(playwright: Playwright) -> Iterator[Browser]:
    """Start Firefox behind ``tests.browsers.firefox_relay``."""
    with tempfile.TemporaryDirectory(prefix="suno-portal-firefox-") as folder:
        program = Path(folder, "firefox")
        command = f'exec "{sys.executable}" -m tests.browsers.firefox_relay "{FIREFOX}" "$@"'
        program.write_text(f"#!/bin/sh\n{command}\n")
        program.chmod(0o700)
        browser = playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=program,
            firefox_user_prefs=PREFERENCES,
            env={**os.environ, "HOME": folder, "PYTHONPATH": str(ROOT)},
        )
        yield browser
        browser.close()
