"""A site of somebody else: files of a folder, at another address of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from tests.quiet_server import QuietServer


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def other_site(folder: Path, host: str = "127.0.0.2") -> Iterator[str]:
    """Serve ``folder`` and yield the address, which ends with a slash."""
    server = QuietServer((host, 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def write_blog(folder: Path, player: str) -> None:
    """Write a plain page with a player in a frame."""
    address = player.replace("&", "&amp;")
    (folder / "index.html").write_text(
        f'<!doctype html><title>A blog</title><iframe src="{address}" width="640" height="360" '
        'allow="autoplay"></iframe>'
    )
