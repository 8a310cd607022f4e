"""Videos as Crun's JSON."""

import json
from pathlib import Path

import pytest

from tests.factories import a_failed_video, a_finished_video, a_track, a_video
from videos.payloads import crun, film_urls
from videos.statuses import Stage, VideoStatus

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent.parent / "samples" / "crun" / "callback_success.json"


def test_a_film_has_the_fields_and_types_of_the_sample():
    video = a_finished_video(track=a_track())
    data = crun.task_info(video)
    sample = json.loads(SAMPLE.read_text())
    del sample["callback_url"]  # ours is the client's own secret
    assert {name: type(value) for name, value in data.items() if name != "duration_s"} == {
        name: type(value) for name, value in sample.items() if name != "duration_s"
    }
    assert data["status"] == "success"
    assert data["result"] == {"media_urls": [film_urls.url(video)]}
    assert data["param"] == {
        "task_id": video.track.music_task.task_id,
        "suno_id": video.track.audio_id,
        "author": "Ada",
        "brand": "example.com",
    }
    assert data["complete_at"] >= data["create_at"] > 1_700_000_000


def test_a_failure_says_why():
    data = crun.task_info(a_failed_video(track=a_track(), author=""))
    assert data["status"] == "failed"
    assert data["result"] == {"code": 501, "message": "The renderer broke down."}
    assert "author" not in data["param"]


def test_what_is_in_the_making_has_no_result():
    waiting, drawing = a_video(), a_video(stage=Stage.DRAWING)
    copying = a_video(provider="crun", status=VideoStatus.SUCCESS, stage=Stage.COPYING)
    tasks = [crun.task_info(each) for each in (waiting, drawing, copying)]
    assert [each["status"] for each in tasks] == ["pending", "running", "running"]
    assert all(each["result"] is None for each in tasks)
    assert all("complete_at" not in each for each in tasks)
