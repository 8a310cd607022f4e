"""The server block of ``deploy/`` for nginx, moved to other addresses: for tests and benchmarks."""

from pathlib import Path

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"


def server_block(port: int, portal: str, media: Path) -> str:
    """Return what stands in ``http { }`` for a server at ``port`` of loopback, without TLS.

    ``portal`` is the host and port that it leads to, ``media`` the folder of songs and films.
    """
    locations = (DEPLOY / "nginx/portal-locations.conf").read_text(encoding="utf-8")
    locations = locations.replace("/var/lib/portal/media/", f"{media}/")
    server = (DEPLOY / "container/nginx.conf").read_text(encoding="utf-8")
    server = server.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    server = server.replace("web:8000", portal)
    return server.replace("include /etc/nginx/portal-locations.conf;", locations)
