"""The admin of what runs by the clock."""

import pytest
from django.contrib.admin.models import LogEntry

from tests.factories import an_operator
from videos import housekeeping
from videos.models import ScheduledTask

pytestmark = pytest.mark.django_db
LIST = "/admin/videos/scheduledtask/"


@pytest.fixture
def operator(client):
    user = an_operator()
    client.force_login(user)
    return user


def test_it_says_what_ran_when_and_what_it_did(client, operator):
    housekeeping.run_due()
    ScheduledTask.objects.filter(name="mails").update(failed=True, outcome="OSError: disk full")
    ScheduledTask.objects.record_tick()
    body = client.get(LIST).content.decode()
    assert "What runs by the clock" in body
    assert "Ticks of beat, which wake workers" in body
    assert "Sessions that are over" in body
    assert "OSError: disk full" in body
    assert body.count("icon-no") == 1
    assert client.get(f"{LIST}add/").status_code == 403


def test_an_operator_makes_a_task_due_and_that_is_logged(client, operator):
    housekeeping.run_due()
    client.post(LIST, {"action": "run_soon", "_selected_action": ["orphans", "mails"]})
    assert set(ScheduledTask.objects.filter(next_run_at=None).values_list("name", flat=True)) == {
        "orphans",
        "mails",
    }
    assert LogEntry.objects.filter(user=operator).count() == 2
