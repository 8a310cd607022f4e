"""Thumbnails and teasers of finished films."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from PIL import Image

from tests.factories import a_finished_video, a_playable_track, a_video
from videos.pipeline.extras import draw_thumbnail, find_teaser, make_teaser
from videos.providers.errors import RenderFailed
from videos.providers.registry import builtin

pytestmark = pytest.mark.django_db


def test_a_thumbnail_is_drawn_from_the_order():
    video = a_finished_video(track=a_playable_track())
    jpeg = draw_thumbnail(video)
    with Image.open(BytesIO(jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1280, 720))
    video.author = "Somebody else"
    assert draw_thumbnail(video) != jpeg
    builtin().stills.close()


def test_a_teaser_is_made_once_for_each_film():
    video = a_finished_video()
    assert find_teaser(video) is None
    teaser = make_teaser(video)
    assert teaser.read_bytes()[4:8] == b"ftyp"
    assert find_teaser(video) == teaser
    video.fencing_token += 1
    assert find_teaser(video) is None
    assert list(Path(django_settings.SCRATCH_DIR).glob("extras-*")) == []


def test_without_a_film_there_is_no_teaser():
    with pytest.raises(RenderFailed):
        make_teaser(a_video())
