"""Storing pictures and looping videos, and finding them for a film."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import a_user
from tests.render.backdrops.videos import make_video
from videos.models import Asset
from videos.pipeline.backdrops import (
    store_backdrop,
)
from videos.pipeline.quota import stored_bytes
from videos.render.errors import BackdropError

pytestmark = pytest.mark.django_db


def picture(colour: str = "red") -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", (40, 30), colour).save(target, "PNG")
    return SimpleUploadedFile("../my picture.png", target.getvalue())


def test_pictures_become_jpegs_and_the_same_one_is_stored_once():
    owner = a_user()
    one, two, again = store_backdrop(owner, [picture(), picture("blue"), picture()])
    assert one == again != two
    assert (one.kind, one.width, one.height) == ("picture", 40, 30)
    with one.file.open() as file:
        assert file.read(3) == b"\xff\xd8\xff"
    assert stored_bytes(owner) == one.size + two.size > 0


def test_a_video_becomes_a_loop(tmp_path: Path):
    video = make_video(tmp_path / "a.mp4")
    file = SimpleUploadedFile("a.mp4", video.read_bytes())
    (loop,) = store_backdrop(a_user(), [file])
    assert (loop.kind, loop.width, loop.height, loop.duration) == ("loop", 128, 96, 1.0)
    assert str(loop.file.name).endswith(".mp4")


def test_what_cannot_be_used_has_a_sentence(tmp_path: Path):
    owner = a_user()
    for files, sentence in (
        ([picture()] * 13, "13 pictures; at most 12"),
        ([SimpleUploadedFile("a.gif", b"GIF89a" + bytes(99))], "The picture cannot be read"),
        ([SimpleUploadedFile("a.mp4", b"\0\0\0\x20ftypisom" + bytes(99))], "damaged"),
    ):
        with pytest.raises(BackdropError, match=sentence):
            store_backdrop(owner, files)
    assert not Asset.objects.exists()
