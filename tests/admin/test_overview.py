"""The start page of the admin: what is stuck, what failed, and the list behind each number."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from tests.factories import (
    a_delivery,
    a_failed_video,
    a_finished_video,
    a_mail,
    a_pulse,
    a_user,
    a_video,
    an_operator,
)
from videos import VERSION
from videos.models import Circuit, Review, ScheduledTask, User, WorkerPulse
from videos.monitoring import numbers
from videos.queue import BEAT, RENDER
from videos.statuses import DelayReason, Failure, VideoStatus

pytestmark = pytest.mark.django_db
MAX_QUERIES = 14  # of the page for any number of rows, with those of the session and the log


@pytest.fixture
def operator(client):
    user = an_operator()
    client.force_login(user)
    return user


@pytest.fixture
def troubles(settings):
    """Create one row and more for each number."""
    settings.VENDORS = {"kie": {"api_key": "k"}}
    now = timezone.now()
    ago = {hours: now - timedelta(hours=hours) for hours in (1, 2, 30)}
    a_pulse(RENDER)
    a_video(queued_at=ago[2])
    vendor = {"provider": "kie", "stage": "waiting", "vendor_task_id": "7"}
    a_video(**vendor, delay_reason=DelayReason.DOWN, due_at=now)
    a_video(**vendor, crashed_claims=2, due_at=now + timedelta(minutes=1))
    a_video(**vendor, due_at=ago[1])
    for _ in range(2):
        a_failed_video(completed_at=now)
    a_failed_video(completed_at=now, failure=Failure.CANCELLED)
    a_failed_video(completed_at=ago[30])
    video = a_finished_video()
    a_video(provider="kie", status=VideoStatus.SUCCESS, due_at=None, expires_at=now)
    a_delivery(video, attempt_count=1)
    a_mail()
    Review.objects.open_for(video)
    Review.objects.create(video=video, decision="dismissed", decided_at=now)
    numbers.measure_storage()


def tiles(body):
    """Return the number and the address of each tile."""
    pattern = r'href="([^"]+)" class="overview-tile.*?label">(.*?)</span>\s*<strong>(.*?)</'
    return {m[2]: (m[3], unescape(m[1])) for m in re.finditer(pattern, body, re.DOTALL)}


def rows(body):
    """Return the count, the reason and the address of each row of the tables."""
    pattern = r'overview-count"><a href="([^"]+)">(\d+)</a></td>\s*<td>\s*([^<]*?)\s*<'
    return {m[3]: (m[2], unescape(m[1])) for m in re.finditer(pattern, body, re.DOTALL)}


def listed(client, address):
    """Return how many rows the list at ``address`` shows."""
    body = client.get(address).content.decode()
    return str(body.count('class="action-select"'))


def test_each_number_leads_to_its_list(client, operator, troubles):
    body = client.get("/admin/").content.decode()
    numbers_shown = tiles(body) | rows(body)
    assert numbers_shown.pop("Room on the disk")
    counts = {label: count for label, (count, _address) in numbers_shown.items()}
    assert counts == {
        "In the making": "4",
        "Failed today": "2",
        "Films in the last hour": "1",
        "Vendors delete this week": "1",
        "Webhooks that wait": "1",
        "Mails that wait": "1",
        "Open reports": "1",
        str(DelayReason.DOWN.label): "1",
        "Their worker was lost": "1",
        "No worker claims them": "1",
        str(Failure.RENDER.label): "2",
        "Waiting for its turn": "1",
        "The vendor is making the film": "3",
    }
    for label, (count, address) in numbers_shown.items():
        assert listed(client, address) == count, label


def test_a_person_with_much_stored_leads_to_their_films(client, operator, troubles):
    body = client.get("/admin/").content.decode()
    email = User.objects.get(pk=numbers.stored().people[0][0]).email
    (match,) = re.findall(rf'{email}</td><td class="overview-count"><a href="([^"]+)"', body)
    assert listed(client, unescape(match)) == "1"


def test_workers_tell_what_they_do_and_those_that_miss_are_named(client, operator):
    WorkerPulse.objects.record_heartbeat("render@here:1", "render", VERSION, "builtin 7")
    a_pulse(BEAT)
    WorkerPulse.objects.filter(queue=BEAT).update(clock_offset=61.2)
    body = client.get("/admin/").content.decode()
    assert "builtin 7" in body
    assert "No worker is alive" in body
    assert "No renderer is alive" not in body
    assert "No beat is alive" not in body
    assert "seconds ahead: 61.2" in " ".join(body.split())


def test_vendors_tell_whether_they_are_up(client, operator, settings):
    settings.VENDORS = {"kie": {"api_key": "k"}, "apikley": {"api_key": "a"}}
    Circuit.objects.record_credits("apikley", 12)
    Circuit.objects.for_provider("kie")
    for _ in range(5):
        Circuit.objects.record_failure("kie", "Read timed out")
    body = " ".join(client.get("/admin/").content.decode().split())
    assert "blocked for" in body
    assert "Read timed out" in body
    assert "<td>12</td>" in body


def test_films_are_stuck_where_no_renderer_lives(client, operator):
    video = a_video(queued_at=timezone.now() - timedelta(hours=2))
    count, address = rows(client.get("/admin/").content.decode())["No worker claims them"]
    assert (count, listed(client, address)) == ("1", "1")
    assert str(video.pk) in client.get(address).text
    a_pulse(RENDER)
    assert "Nothing is stuck." in client.get("/admin/").text


def test_an_empty_portal_says_that_all_is_well(client, operator):
    body = client.get("/admin/").content.decode()
    for sentence in ("Nothing is stuck.", "Nothing failed.", "Nothing is in the making."):
        assert sentence in body


def test_it_takes_few_queries(client, operator, troubles, django_assert_max_num_queries):
    with django_assert_max_num_queries(MAX_QUERIES):
        client.get("/admin/")


def test_staff_without_all_rights_see_no_numbers(client):
    staff = a_user(is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_video"))
    client.force_login(staff)
    body = client.get("/admin/").content.decode()
    assert "Videos" in body
    assert "overview-tile" not in body


def test_a_beat_that_stands_still_and_a_chore_that_failed_are_told(client, operator):
    a_pulse(BEAT)
    page = client.get("/admin/").text
    assert "No tick of beat reaches a worker" in page
    assert f"This is version {VERSION}." in page
    ScheduledTask.objects.record_tick()
    ScheduledTask.objects.create(name="orphans", failed=True)
    page = client.get("/admin/").text
    assert "No tick" not in page
    assert "1 scheduled task failed" in page
