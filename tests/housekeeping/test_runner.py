"""One process at a time runs a chore, and what it did is written down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from videos import housekeeping
from videos.housekeeping import CHORES, Chore
from videos.models import ScheduledTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def chores(monkeypatch):
    """Return what ran of two chores, of which the first breaks."""
    calls = []

    def run(name):
        def chore(mode):
            calls.append(name)
            if name == "broken":
                raise OSError("disk full")
            return "deleted 3"

        return Chore(name, timedelta(minutes=10), chore)

    for name in list(CHORES):
        monkeypatch.delitem(CHORES, name)
    for name in ("broken", "works"):
        monkeypatch.setitem(CHORES, name, run(name))
    return calls


def test_each_runs_once_in_its_interval_and_one_that_breaks_stops_no_other(chores):
    housekeeping.run_due()
    housekeeping.run_due()
    assert chores == ["broken", "works"]
    broken, works = ScheduledTask.objects.order_by("name")
    assert (broken.failed, broken.outcome) == (True, "OSError: disk full")
    assert (works.failed, works.outcome) == (False, "deleted 3")
    left = works.next_run_at - timezone.now()
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)


def test_one_that_is_due_again_runs_again(chores):
    housekeeping.run_due()
    ScheduledTask.objects.filter(name="works").update(next_run_at=timezone.now())
    housekeeping.run_due()
    assert chores == ["broken", "works", "works"]


def test_a_process_that_was_killed_meanwhile_holds_nothing_up(chores):
    assert ScheduledTask.objects.claim("works", timedelta(minutes=10))
    ScheduledTask.objects.filter(name="works").update(next_run_at=timezone.now())
    housekeeping.run_due()
    assert "works" in chores


def test_a_command_runs_it_at_once(chores):
    housekeeping.run_due()
    assert housekeeping.run("works") == "deleted 3"
