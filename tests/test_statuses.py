"""The statuses, in the vendors' words."""

import pytest

from videos.statuses import Failure, MusicStatus, Stage, VideoStatus


@pytest.mark.parametrize("status", MusicStatus)
def test_a_song_is_final_unless_something_can_still_come(status):
    waits = {"PENDING", "TEXT_SUCCESS", "FIRST_SUCCESS", "CALLBACK_EXCEPTION"}
    assert status.is_final is (status.value not in waits)


@pytest.mark.parametrize("status", VideoStatus)
def test_a_video_is_final_unless_it_is_pending(status):
    assert status.is_final is (status.value != "PENDING")


def test_each_has_a_label_of_its_own():
    for words in (MusicStatus, VideoStatus, Stage, Failure):
        labels = [str(each.label) for each in words]
        assert all(labels)
        assert len(set(labels)) == len(labels)
