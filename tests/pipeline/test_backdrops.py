"""Storing pictures and looping videos, and finding them for a film."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.factories import a_finished_video, a_user, a_video
from tests.render.backdrops.videos import make_video
from videos import pipeline
from videos.accounts.deletions import delete_everything
from videos.models import Asset
from videos.pipeline.backdrops import (
    delete_asset,
    delete_unused_assets,
    find_backdrop,
    join_ids,
    local_backdrop,
    store_backdrop,
    unused_assets,
)
from videos.pipeline.quota import QuotaReached, stored_bytes
from videos.providers.errors import MediaError
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


def test_there_is_a_quota(settings):
    settings.MAX_STORAGE_BYTES = 10
    with pytest.raises(QuotaReached):
        store_backdrop(a_user(), [picture()])


def test_a_film_finds_its_pictures_in_their_order(tmp_path: Path):
    owner = a_user()
    assets = store_backdrop(owner, [picture(), picture("blue")])[::-1]
    backdrop = join_ids(assets)
    assert find_backdrop(owner, backdrop) == assets
    paths = local_backdrop(owner, backdrop, tmp_path)
    assert [path.suffix for path in paths] == [".jpg", ".jpg"]
    with pytest.raises(MediaError, match="was deleted"):
        find_backdrop(a_user(), backdrop)


def test_an_asset_lives_as_long_as_a_video_shows_it(django_capture_on_commit_callbacks):
    owner = a_user()
    (asset,) = store_backdrop(owner, [picture()])
    videos = [a_finished_video(owner, backdrop=asset.pk.hex) for _ in range(2)]
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.delete_video(videos[0])
        assert Asset.objects.exists()
        pipeline.delete_video(videos[1])
    assert not Asset.objects.exists()
    assert not default_storage.exists(str(asset.file.name))


def test_what_is_used_by_no_film_is_deleted_after_a_day():
    owner = a_user()
    _, used, new = store_backdrop(owner, [picture(), picture("blue"), picture("green")])
    a_video(owner, backdrop=used.pk.hex)
    Asset.objects.exclude(pk=new.pk).update(used_at=timezone.now() - timedelta(days=2))
    for asset in unused_assets():
        delete_asset(asset)
    assert set(Asset.objects.all()) == {used, new}
    delete_unused_assets(owner, join_ids([used, new]))
    assert list(Asset.objects.all()) == [used]


def test_assets_go_with_their_owner(django_capture_on_commit_callbacks):
    owner = a_user()
    (asset,) = store_backdrop(owner, [picture()])
    with django_capture_on_commit_callbacks(execute=True):
        delete_everything(owner)
    assert not Asset.objects.exists()
    assert not default_storage.exists(str(asset.file.name))
