"""Words to people whose storage is nearly full."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import a_user, a_video
from videos.housekeeping import quotas
from videos.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings) -> list[User]:
    settings.MAX_STORAGE_BYTES = 1000
    owners = [a_user() for _ in range(3)]
    for owner, size in zip(owners, (850, 700, 900), strict=True):
        a_video(owner, size=size)
    owners[2].is_active = False
    owners[2].save(update_fields=["is_active"])
    return owners


def test_they_hear_it_once_a_month(people, mailoutbox):
    assert quotas.tell(is_trial=True) == 1
    assert [quotas.tell(), quotas.tell()] == [1, 0]
    event = people[0].account_events.get()
    assert (event.kind, event.detail) == ("storage_nearly_full", "850\xa0bytes of 1000\xa0bytes")
    people[0].account_events.update(at=timezone.now() - timedelta(days=31))
    assert quotas.tell() == 1


def test_nobody_hears_it_where_there_is_no_limit(people, settings):
    settings.MAX_STORAGE_BYTES = 0
    assert quotas.tell() == 0
