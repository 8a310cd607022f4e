"""Our client of the Suno family, against stand-ins."""

import pytest

from tests.providers.submissions import submission
from tests.standin.dialect import Dialect
from videos.providers import errors
from videos.statuses import VideoStatus


def test_a_callback_that_failed_at_sunoapi_is_a_success_once_there_is_a_film(opened):
    standin, client = opened("sunoapi")
    song = standin.add_song()
    task_id = client.submit(submission(song))
    standin.films[task_id].flag = "CALLBACK_EXCEPTION"
    assert client.video(task_id).status == VideoStatus.PENDING
    standin.finish(task_id, flag="CALLBACK_EXCEPTION")
    assert client.video(task_id).status == VideoStatus.SUCCESS


def test_word_times_come_as_they_are(opened):
    standin, client = opened()
    song = standin.add_song()
    words = client.word_times(song.task_id, song.audio_ids[0])
    assert words[0]["word"] == "[Verse]\nThe "
    assert (words[3]["startS"], words[3]["endS"]) == (0.5, 0.9)


def test_an_existing_film_may_have_no_id(opened):
    standin, client = opened("kie", Dialect(exists_with_id=False))
    song = standin.add_song()
    client.submit(submission(song))
    with pytest.raises(errors.AlreadyExists) as caught:
        client.submit(submission(song))
    assert caught.value.task_id == ""
