"""A request that finds no connection waits, and then gets 503; so do others while it is away."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from psycopg.errors import AdminShutdown
from psycopg_pool import PoolTimeout

from videos.models.connection import is_database_away

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


def caused_by(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def test_only_a_database_that_is_away_counts():
    assert is_database_away(caused_by(PoolTimeout("waited for 10 s")))
    assert is_database_away(caused_by(AdminShutdown("terminating connection")))
    assert not is_database_away(OperationalError("of another kind"))
    assert not is_database_away(None)


def test_so_does_a_file_that_is_locked_or_full_but_no_wrong_query(tmp_path):
    path = tmp_path / "rows.sqlite3"
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as holder,
        closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other,
    ):
        with pytest.raises(sqlite3.OperationalError) as no_table:
            other.execute("SELECT * FROM nowhere")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as locked:
            other.execute("CREATE TABLE rows (text)")
        holder.rollback()
        holder.execute("CREATE TABLE rows (text)")
        holder.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as full:
            holder.execute("INSERT INTO rows VALUES (zeroblob(100000))")
    errors = [caused_by(each.value) for each in (no_table, locked, full)]
    assert [is_database_away(error) for error in errors] == [False, True, True]


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
