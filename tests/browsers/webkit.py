"""WebKitGTK: its small browser, driven by WebDriver on a display that nobody sees."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Remote
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.requirements import MINIBROWSER, WEBKIT_DRIVER, XVFB

# Without this the buttons of its bar make each window at least 447 pixels wide
SMALL_BAR = "* { min-width: 0; margin: 0; padding: 0; }"


@contextmanager
def display() -> Iterator[str]:
    """Start an X server that is in memory only, and yield its name."""
    command = [XVFB, "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def launched_webkit() -> Iterator[Remote]:
    with display() as name, tempfile.TemporaryDirectory(prefix="suno-portal-webkit-") as folder:
        style = Path(folder, "gtk-3.0", "gtk.css")
        style.parent.mkdir()
        style.write_text(SMALL_BAR)
        options = Options()
        options.binary_location = MINIBROWSER
        options.add_argument("--automation")
        options.page_load_strategy = (
            "none"  # at others, the driver misses events and waits for ever
        )
        environment = {
            **os.environ,
            "DISPLAY": name,
            "GDK_BACKEND": "x11",
            "HOME": folder,
            "XDG_CONFIG_HOME": folder,
        }
        service = Service(WEBKIT_DRIVER, env=environment, log_output=subprocess.DEVNULL)
        service.start()
        try:
            # selenium's own WebKitGTK class warns that it is out of date
            connection = RemoteConnection(client_config=ClientConfig(service.service_url))
            with Remote(connection, options=options) as driver:
                yield driver
        finally:
            service.stop()
