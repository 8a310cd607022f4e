"""Polling by open pages."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import a_video
from videos.models import Video
from videos.statuses import Failure, Stage, VideoStatus, Visibility
from videos.views import live_status

pytestmark = pytest.mark.django_db


def version(**changes):
    values = {"videos_ahead": 0, "stage": Stage.DRAWING, "fraction": 0.5, "seconds_left": 20.2}
    video = Video(pk="8f14e45f-ceea-467a-9575-6d0f3b1c2a11")
    for name, value in {**values, **changes}.items():
        setattr(video, name, value)
    return live_status.version(video)


@pytest.mark.parametrize(
    "changes",
    [{"fraction": 0.51}, {"stage": Stage.FINISHING}, {"status": VideoStatus.SUCCESS},
     {"seconds_left": 18.0}, {"seconds_left": None}, {"crashed_claims": 2},
     {"error_message": "Oh."}, {"failure": Failure.CANCELLED},
     {"visibility": Visibility.PUBLIC}],
)  # fmt: skip
def test_what_is_shown_makes_another_version(changes):
    assert version(**changes) != version()


@pytest.mark.parametrize(
    "changes", [{"fraction": 0.509}, {"seconds_left": 19.9}, {"fencing_token": 9}]
)
def test_what_is_not_shown_does_not(changes):
    assert version(**changes) == version()


def test_the_queue_position_counts_only_while_waiting():
    assert version(videos_ahead=3) == version()
    assert version(stage=Stage.QUEUED, videos_ahead=3) != version(
        stage=Stage.QUEUED, videos_ahead=2
    )


@pytest.mark.parametrize(
    ("quiet", "poll"), [(0, 2), (9, 2), (11, 5), (39, 5), (41, 10), (100_000, 10), (-50, 2)]
)
def test_it_asks_ever_less_often_while_nothing_happens(quiet, poll):
    assert live_status.next_poll(str(int(time.time()) - quiet)) == poll


@pytest.mark.parametrize("since", ["", "x", "-1", "٣", "1e9", "9" * 5000])
def test_it_asks_soon_where_it_cannot_tell(since):
    assert live_status.next_poll(since) == 2


def test_the_address_says_what_is_shown_and_since_when():
    a_video()
    video = Video.objects.with_queue_position().get()
    address = urlsplit(live_status.status_url(video))
    query = parse_qs(address.query)
    assert address.path == f"/videos/{video.pk}/status/"
    assert query["v"] == [live_status.version(video)]
    assert abs(int(query["since"][0]) - time.time()) < 5
