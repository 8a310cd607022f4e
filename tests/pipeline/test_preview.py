"""Single frames of films that are not ordered yet."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from PIL import Image

from tests.factories import a_playable_track
from videos import pipeline
from videos.models import Track
from videos.pipeline.preview import still
from videos.render.options import StyleOptions

pytestmark = pytest.mark.django_db


def request_of(track: Track, **style: object) -> pipeline.OrderRequest:
    return pipeline.OrderRequest(
        track=track,
        provider="builtin",
        author="Ada",
        domain_name="example.com",
        style=StyleOptions.parse(style),
    )


def test_a_frame_has_the_shape_that_is_chosen_and_nothing_is_left_behind():
    track = a_playable_track(duration=60.0)
    with Image.open(BytesIO(still(request_of(track, format="9:16"), 0.5))) as picture:
        assert picture.format == "JPEG"
        assert picture.height > picture.width
    assert list(Path(django_settings.SCRATCH_DIR).glob("still-*")) == []


def test_another_second_is_another_picture_also_of_a_song_of_unknown_length():
    request = request_of(a_playable_track(duration=None))
    assert still(request, 0.2) != still(request, 0.8)
