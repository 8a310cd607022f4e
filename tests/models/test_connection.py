"""A request that finds no connection waits, and then gets 503."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from psycopg_pool import PoolTimeout

from videos.models.connection import is_without_connection

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import threading, django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"] = {"BACKEND": plain}
settings.DATABASES["default"]["OPTIONS"]["pool"] |= {"timeout": 0.3, "max_size": 1}
KEY = {"Authorization": "Bearer x"}

def answers():
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    for path, headers in (("/accounts/login/", {}), ("/api/v1/videos", KEY)):
        response = client.get(path, headers=headers)
        print(response.status_code, response.headers.get("Retry-After"))

def answers_in_a_thread():
    thread = threading.Thread(target=answers)
    thread.start()
    thread.join()

with connection.cursor() as cursor:  # the only one
    cursor.execute("SELECT 1")
    answers_in_a_thread()
connection.close()
answers()
answers_in_a_thread()  # the request before gave its connection back
"""


def test_only_the_lack_of_a_connection_counts():
    error = OperationalError("no connection")
    assert not is_without_connection(error)
    error.__cause__ = PoolTimeout("waited for 10 s")
    assert is_without_connection(error)
    assert not is_without_connection(None)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no pool")
@pytest.mark.django_db
def test_a_page_and_a_call_wait_and_then_get_503():
    name, server = connection.settings_dict["NAME"], connection.settings_dict
    url = f"postgres://{server['USER']}@{server['HOST']}:{server['PORT']}/{name}"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == ["503", "10"] * 2 + ["200", "None"] * 4, done
