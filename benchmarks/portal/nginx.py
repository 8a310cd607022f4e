"""Debian's nginx as ``deploy/`` sets it up, before a portal, and with the same films alone."""

import contextlib
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.api.servers import free_port, wait_until_up
from tools.nginx_server import server_block

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
ALONE = "/alone/"  # where it sends films without asking the portal
# All requests of a benchmark have one address, which nginx would let wait
LIMITS = re.compile(r"^limit_(conn|req) .*$", re.MULTILINE)


@contextlib.contextmanager
def serve_nginx(portal: int, folder: Path, environment: Mapping[str, str]) -> Iterator[int]:
    """Run nginx before the portal on a port, whose data is in ``folder``; yield its own port."""
    assert NGINX, "apt install nginx-light"
    port = free_port()
    media = folder / "media"
    server = LIMITS.sub("", server_block(port, f"127.0.0.1:{portal}", media))
    end = server.rindex("}")
    server = f"{server[:end]} location {ALONE} {{ alias {media}/; }} {server[end:]}"
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off; user root;"
        "worker_processes 1; events { worker_connections 1024; }"
        "http { access_log off; keepalive_requests 1000000; types { video/mp4 mp4; } "
        f"{server} }}"
    )
    own = {**environment, "PORT": str(port)}
    process = subprocess.Popen([NGINX, "-c", str(config)], env=own)  # noqa: S603 - our own words
    try:
        wait_until_up(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        process.terminate()
        process.wait(20)
