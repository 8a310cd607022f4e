"""The arithmetic of the connection pools."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection

from tests.factories import a_pulse
from videos.checks import check_connections
from videos.checks.database import connections_of_machine, count_machines
from videos.models import WorkerPulse

pytestmark = pytest.mark.django_db
POSTGRESQL_CONNECTIONS = 97  # by default, for accounts that are no superusers
only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no connections to count"
)


def test_two_machines_as_documented_fit_the_default_of_postgresql(settings):
    assert 2 * connections_of_machine() <= POSTGRESQL_CONNECTIONS


def test_each_process_counts(settings):
    settings.DATABASE_POOL_SIZE = 20
    settings.WEB_PROCESSES = 3
    settings.RENDER_CONCURRENCY = 2
    assert connections_of_machine() == 3 * 20 + 20 + 5 + 1


def test_machines_are_counted_by_their_workers():
    assert count_machines() == 1
    for name in ("work@one:1", "render@one:2", "render@two:1"):
        WorkerPulse.objects.record_heartbeat(name, "work")
    a_pulse("render", seconds_ago=300)
    assert count_machines() == 2


@only_postgresql
def test_too_many_connections_are_warned_of(settings):
    assert check_connections(databases=["default"]) == []
    settings.DATABASE_POOL_SIZE = 50
    (warning,) = check_connections(databases=["default"])
    assert warning.id == "videos.W023"
    assert "155 connections (1 × 155), but PostgreSQL has 97" in warning.msg


def test_without_leave_no_check_asks_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert run_checks(tags=[Tags.database]) == []
