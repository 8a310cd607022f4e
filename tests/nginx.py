"""A real nginx before a portal, as ``deploy/`` sets it up."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stack import free_port
from tools.nginx_server import server_block

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")


@contextmanager
def running_nginx(folder: Path, portal: str, media: Path) -> Iterator[str]:
    """Start nginx before ``portal`` (host:port), and give its address; ``folder`` is its own."""
    if NGINX is None or os.geteuid():
        pytest.skip("nginx, and root to run it as another user, are needed.")
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(
        f"user www-data; pid {folder}/pid; error_log {folder}/error.log; daemon off;"
        f"worker_rlimit_nofile 4096; events {{ worker_connections 2048; }} "
        f"http {{ access_log off; types {{ video/mp4 mp4; }} "
        f"client_body_temp_path {folder}/bodies; {server_block(port, portal, media)} }}"
    )
    for each in (folder, *folder.parents):  # nginx is another user
        if not each.stat().st_mode & 0o001:
            each.chmod(each.stat().st_mode | 0o011)
    process = subprocess.Popen([NGINX, "-c", str(config)])
    time.sleep(1)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
