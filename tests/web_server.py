"""The web process of the Procfile, with the database and the files of a test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from suno_portal.supervisor import command_of
from tests.stack import ROOT, START_TIMEOUT, free_port, is_http_up, wait_for


@contextmanager
def web_server(folder: Path, settings: Settings, **environment: str) -> Iterator[str]:
    """Start gunicorn as people run it and yield its address; the test is in transactional mode."""
    if connection.vendor != "sqlite":
        pytest.skip("needs the tests' own SQLite file")
    settings.MEDIA_ROOT = folder / "media"
    port = str(free_port())
    variables = os.environ | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "PYTHONWARNINGS": "ignore",
        "HOST": "127.0.0.1",
        "PORT": port,
        "WEB_PROCESSES": "1",
        "WEB_THREADS": "4",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        **environment,
    }
    (folder / "static").mkdir(exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command_of("web"), cwd=ROOT, env=variables) as server:
        try:
            wait_for(
                lambda: is_http_up(f"{address}/healthz"), START_TIMEOUT, "gunicorn did not start"
            )
            yield address
        finally:
            server.terminate()
