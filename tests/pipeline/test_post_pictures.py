"""Pictures that are posted with a film."""

from io import BytesIO

import pytest
from PIL import Image

from tests.factories import a_finished_video, a_playable_track
from videos.pipeline.post_pictures import draw_moment

pytestmark = pytest.mark.django_db


def test_a_moment_has_the_shape_and_size_of_the_film():
    film = a_finished_video(track=a_playable_track(duration=9.0), format="1:1")
    first, later = (draw_moment(film, fraction) for fraction in (0.1, 0.8))
    assert Image.open(BytesIO(first)).size == (720, 720)
    assert first != later
