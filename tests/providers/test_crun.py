"""Our client of Crun, against a stand-in."""

import pytest

from tests.providers.submissions import submission
from videos.providers import errors
from videos.statuses import VideoStatus


def test_crun_makes_a_film(opened):
    standin, client = opened("crun")
    song = standin.add_song()
    task_id = client.submit(submission(song))
    sent = standin.calls[-1].json
    assert sent["model"] == "suno/music-video"
    assert sent["input"]["brand"] == "example.com"
    assert client.video(task_id).status == VideoStatus.PENDING
    standin.finish(task_id)
    assert client.video(task_id).video_url == f"{standin.url}/files/film.mp4"
    standin.fail("No lyrics.")
    failed = client.video(task_id)
    assert (failed.status, failed.error_message) == (VideoStatus.GENERATE_MP4_FAILED, "No lyrics.")
    music = client.music(song.task_id)
    assert [track.audio_id for track in music.tracks] == song.audio_ids
    assert client.credits() == 87.5
    with pytest.raises(errors.Disabled):
        client.word_times(song.task_id, song.audio_ids[0])
    assert not client.facts.has_word_times
