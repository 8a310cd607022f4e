"""The same portal on PostgreSQL, Redis and RabbitMQ: other environment variables, no other code."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest

from tests.requirements import answers, needs
from tests.stack import Creator, running_stack, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.server]

POSTGRES = "postgres://postgres@127.0.0.1:5432"


@pytest.fixture
def database() -> Iterator[str]:
    """Give the address of an empty PostgreSQL database that is dropped afterwards."""
    needs(answers(5432), "PostgreSQL")
    name = f"portal_{uuid.uuid4().hex}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{POSTGRES}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.parametrize(
    ("server", "port", "broker"),
    [
        ("Redis", 6379, "redis://127.0.0.1:6379/9"),
        ("RabbitMQ", 5672, "amqp://guest:guest@127.0.0.1:5672//"),
    ],
)
def test_a_video_is_made_over(server, port, broker, database, tmp_path):
    needs(answers(port), server)
    with running_stack(tmp_path, DATABASE_URL=database, CELERY_BROKER_URL=broker) as stack:
        creator = Creator(stack)
        video = creator.order()
        wait_for(lambda: creator.has(video), 90, stack.logs)
        wait_for(stack.is_ready, 40, stack.logs)
        assert len(stack.films()) == 1
        assert not stack.leavings()
