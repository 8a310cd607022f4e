"""Pictures that are posted with a film."""

from io import BytesIO

import pytest
from PIL import Image

from tests.factories import a_finished_video, a_playable_track
from videos.pipeline.post_pictures import moment

pytestmark = pytest.mark.django_db


def test_a_wide_picture_has_the_size_that_youtube_wants_whatever_the_film_has():
    film = a_finished_video(track=a_playable_track(duration=9.0), format="1:1", resolution=1080)
    assert Image.open(BytesIO(moment(film, 0.5, is_wide=True))).size == (1280, 720)
