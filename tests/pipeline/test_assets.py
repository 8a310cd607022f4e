"""Files of films: their quota, how a film finds them, and when they are deleted."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.factories import a_finished_video, a_user, a_video
from tests.pipeline.test_backdrops import picture
from videos import pipeline
from videos.accounts.deletions import delete_everything
from videos.models import Asset
from videos.pipeline.assets import (
    delete_asset,
    delete_unused_assets,
    find_assets,
    join_ids,
    local_files,
    unused_assets,
)
from videos.pipeline.backdrops import store_backdrop
from videos.pipeline.quota import QuotaReached
from videos.providers.errors import MediaError

pytestmark = pytest.mark.django_db


def test_there_is_a_quota(settings):
    settings.MAX_STORAGE_BYTES = 10
    with pytest.raises(QuotaReached):
        store_backdrop(a_user(), [picture()])


def test_a_film_finds_its_pictures_in_their_order(tmp_path: Path):
    owner = a_user()
    assets = store_backdrop(owner, [picture(), picture("blue")])[::-1]
    backdrop = join_ids(assets)
    assert find_assets(owner, backdrop) == assets
    paths = local_files(owner, backdrop, tmp_path)
    assert [path.suffix for path in paths] == [".jpg", ".jpg"]
    with pytest.raises(MediaError, match="was deleted"):
        find_assets(a_user(), backdrop)


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
    colours = ("red", "blue", "green", "white")
    _, used, new, logo = store_backdrop(owner, [picture(colour) for colour in colours])
    a_video(owner, backdrop=used.pk.hex)
    owner.save_logo(logo.pk.hex)
    Asset.objects.exclude(pk=new.pk).update(used_at=timezone.now() - timedelta(days=2))
    for asset in unused_assets():
        delete_asset(asset)
    assert set(Asset.objects.all()) == {used, new, logo}
    delete_unused_assets(owner, join_ids([used, new, logo]))
    assert set(Asset.objects.all()) == {used, logo}


def test_assets_go_with_their_owner(django_capture_on_commit_callbacks):
    owner = a_user()
    (asset,) = store_backdrop(owner, [picture()])
    with django_capture_on_commit_callbacks(execute=True):
        delete_everything(owner)
    assert not Asset.objects.exists()
    assert not default_storage.exists(str(asset.file.name))
