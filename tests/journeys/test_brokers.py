"""The same portal on PostgreSQL, Redis and RabbitMQ: other environment variables, no other code."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.pairwise import one_in
from tests.render.samples import music, write_song
from tests.requirements import is_listening, require
from tests.stack import Creator, running_stack, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.server]

POSTGRES = "postgres://postgres@127.0.0.1:5432"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the portal, which both brokers serve: migrations take long."""
    return tmp_path_factory.mktemp("stack")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """Yield the address of a PostgreSQL database, empty at first, that is dropped afterwards."""
    require(is_listening(5432), "PostgreSQL")
    name = f"portal_{uuid.uuid4().hex}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{POSTGRES}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


RESTARTED = """
import time
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import OperationalError, connection, connections

together = Barrier(6)

def query(_=0):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        together.wait()
    connections["default"].close()  # back into the pool

with ThreadPoolExecutor(6) as pool:
    list(pool.map(query, range(6)))
others = ("FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
with connection.cursor() as cursor:
    cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")
    while cursor.execute(f"SELECT pid {others}").fetchall():  # they take a moment to end
        time.sleep(0.05)
connection.close()
failures = 0
for _ in range(8):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        failures += 1
    connection.close()
print(failures)
"""


def test_connections_of_before_a_restart_are_not_used(database):
    environment = os.environ | {
        "DEBUG": "true",
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "suno_portal.settings",
    }
    command = [sys.executable, "-c", RESTARTED]
    process = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert process.stdout.strip() == "0", process.stderr


BROKERS = {
    "Redis": (6379, "redis://127.0.0.1:6379/9"),
    "RabbitMQ": (5672, "amqp://guest:guest@127.0.0.1:5672//"),
}


@pytest.mark.parametrize("server", one_in(2, BROKERS))
def test_a_video_is_made_over(server, database, folder):
    port, broker = BROKERS[server]
    require(is_listening(port), server)
    with running_stack(folder, DATABASE_URL=database, CELERY_BROKER_URL=broker) as stack:
        before = len(stack.films())
        creator = Creator(stack)
        creator.upload(write_song(folder / "song.mp3", music(3)))
        video = creator.order()
        wait_for(lambda: creator.has(video), 90, stack.logs)
        wait_for(stack.is_ready, 40, stack.logs)
        assert len(stack.films()) == before + 1
        assert not stack.temporary_files()
