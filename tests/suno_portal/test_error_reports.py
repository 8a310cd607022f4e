"""Errors are reported to Sentry, without secrets."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from importlib import import_module
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from suno_portal import error_reports
from tests.quiet_server import QuietServer

ROOT = Path(__file__).resolve().parents[2]
# The SDK packs as it can
UNPACK = {
    None: bytes,
    "gzip": gzip.decompress,
    "br": lambda data: import_module("brotli").decompress(data),
}
CODE = """
import logging, django, sentry_sdk
django.setup()
password = "hunter2"
try:
    raise ValueError("GET /v/secret-slug/")
except ValueError:
    logging.getLogger("videos").exception("It broke at /callbacks/kie/secret/")
sentry_sdk.flush(10)
"""


def test_an_error_arrives_without_secrets(tmp_path):
    bodies = []

    class Sentry(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Print no line for each request."""

        def do_POST(self):
            data = self.rfile.read(int(self.headers["Content-Length"]))
            unpack = UNPACK[self.headers.get("Content-Encoding")]
            bodies.append(unpack(data).decode())
            self.send_response(200)
            self.end_headers()

    with QuietServer(("127.0.0.1", 0), Sentry) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        dsn = f"http://key@127.0.0.1:{server.server_port}/1"
        environment = {**os.environ, "SENTRY_DSN": dsn, "DATA_DIR": str(tmp_path)}
        subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, env=environment, check=True)
        server.shutdown()
    (event,) = [json.loads(line) for line in "".join(bodies).splitlines() if '"exception"' in line]
    text = json.dumps(event, ensure_ascii=False)
    assert "It broke at /callbacks/kie/…/" in text
    assert "GET /v/…/" in text
    assert "secret" not in text
    assert '"vars"' not in text


@pytest.mark.parametrize("dsn", ["http://localhost", "https://key@sentry.example.com/none"])
def test_a_wrong_dsn_is_one_sentence(dsn):
    with pytest.raises(ImproperlyConfigured, match="not the DSN"):
        error_reports.start_error_reports(dsn)


def test_without_the_sdk_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-sentry\.txt"):
        error_reports.start_error_reports("https://key@sentry.example.com/1")
