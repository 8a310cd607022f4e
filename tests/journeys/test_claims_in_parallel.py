"""Many workers claim rows at the same moment, on a real database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories import a_video
from videos.models import Video

pytestmark = pytest.mark.django_db(transaction=True)


def claim(pk: object) -> bool:
    try:
        return Video.objects.claim(pk) is not None
    finally:
        connection.close()


def test_of_many_workers_one_gets_each_row():
    videos = [a_video().pk for _ in range(10)]
    with ThreadPoolExecutor(8) as workers:
        claims = list(workers.map(claim, videos * 8))
    assert claims.count(True) == len(videos)
    assert set(Video.objects.values_list("fencing_token", flat=True)) == {1}
