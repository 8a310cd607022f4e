"""Videos in Crun's words."""

import json
from pathlib import Path

import pytest

from tests.factories import a_failed_video, a_finished_video, a_track, a_video
from videos.payloads import crun, film_urls
from videos.statuses import Stage, VideoStatus

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent.parent / "samples" / "crun" / "callback_success.json"


def test_a_film_is_told_with_the_fields_and_types_of_the_sample():
    video = a_finished_video(track=a_track())
    said = crun.task_info(video)
    sample = json.loads(SAMPLE.read_text())
    del sample["callback_url"]  # ours is the client's own secret
    assert {name: type(value) for name, value in said.items() if name != "duration_s"} == {
        name: type(value) for name, value in sample.items() if name != "duration_s"
    }
    assert said["status"] == "success"
    assert said["result"] == {"media_urls": [film_urls.url(video)]}
    assert said["param"] == {
        "task_id": video.track.music_task.task_id,
        "suno_id": video.track.audio_id,
        "author": "Ada",
        "brand": "example.com",
    }
    assert said["complete_at"] >= said["create_at"] > 1_700_000_000


def test_a_failure_says_why():
    said = crun.task_info(a_failed_video(track=a_track(), author=""))
    assert said["status"] == "failed"
    assert said["result"] == {"code": 501, "message": "The renderer broke down."}
    assert "author" not in said["param"]


def test_what_is_in_the_making_has_no_result():
    waiting, drawing = a_video(), a_video(stage=Stage.DRAWING)
    copying = a_video(provider="crun", status=VideoStatus.SUCCESS, stage=Stage.COPYING)
    said = [crun.task_info(each) for each in (waiting, drawing, copying)]
    assert [each["status"] for each in said] == ["pending", "running", "running"]
    assert all(each["result"] is None for each in said)
    assert all("complete_at" not in each for each in said)
