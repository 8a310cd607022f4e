"""Stores the files that people bring for their films, finds those of a film, and deletes them."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from videos import clock
from videos.media import workspace
from videos.media.new_files import store_files
from videos.models import Asset, User, Video
from videos.pipeline import quota
from videos.providers.errors import MediaError

UNUSED_TTL = timedelta(days=1)  # after which an upload that no film uses is deleted


def store_asset(owner: User, kind: Asset.Kind, digest: str, make: Callable[[], Asset]) -> Asset:
    """Return the asset with this digest, which ``make`` converts unless it is there already.

    Raises ``QuotaReached`` where there is no room for it.
    """
    same = Asset.objects.for_user(owner).filter(kind=kind, digest=digest)
    if same.update(used_at=clock.now()):
        return same.get()
    asset = make()
    asset.owner, asset.kind, asset.digest = owner, kind, digest
    quota.check_storage_quota(owner, asset.size)
    store_files(asset)
    try:
        with transaction.atomic():
            asset.save()
    except IntegrityError:  # the same was uploaded at the same moment
        default_storage.delete(str(asset.file.name))
        return same.get()
    return asset


def digest_of(path: Path) -> str:
    """Return the digest of a file that came."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def on_disk(files: "Sequence[File[bytes]]") -> Iterator[list[Path]]:
    """Yield the paths of uploaded files; those in memory are written to the scratch folder."""
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="asset-", dir=settings.SCRATCH_DIR) as folder:
        paths = []
        for number, file in enumerate(files):
            if hasattr(file, "temporary_file_path"):
                paths.append(Path(file.temporary_file_path()))
                continue
            path = Path(folder) / str(number)
            path.write_bytes(file.open().read())
            paths.append(path)
        yield paths


def find_assets(owner: User, ids: str) -> list[Asset]:
    """Return the assets of ``owner`` with these ids, as a video's columns have them, in order.

    Raises ``MediaError`` where one of them is not there any more.
    """
    parts = ids.split()
    assets = Asset.objects.for_user(owner).in_order(parts)
    if len(assets) < len(parts):
        raise MediaError(_("A file of this video was deleted. Order the video anew."))
    return assets


def local_files(owner: User, ids: str, folder: Path) -> tuple[Path, ...]:
    """Return the files of assets on this machine, or copies of them in ``folder``."""
    paths = (workspace.get_local_path(each.file, folder) for each in find_assets(owner, ids))
    return tuple(path for path in paths if path)


def join_ids(assets: Sequence[Asset]) -> str:
    """Return the ids of assets as a video's columns have them."""
    return " ".join(asset.pk.hex for asset in assets)


def assets_of(video: Video) -> str:
    """Return the ids of all assets of a film."""
    return " ".join(filter(None, (video.backdrop, video.logo, video.translation)))


def delete_asset(asset: Asset) -> None:
    """Delete an asset and its file."""
    name = str(asset.file.name)
    asset.delete()
    transaction.on_commit(lambda: default_storage.delete(name))


def delete_unused_assets(owner: User, ids: str) -> None:
    """Delete those of these assets that nothing of ``owner`` uses any more."""
    for asset in Asset.objects.for_user(owner).in_order(ids.split()):
        if not _is_used(asset):
            delete_asset(asset)


def unused_assets() -> list[Asset]:
    """Return the assets that were chosen a day ago and are used by no film."""
    old = Asset.objects.filter(used_at__lt=clock.now() - UNUSED_TTL)
    return [asset for asset in old if not _is_used(asset)]


def _is_used(asset: Asset) -> bool:
    key = asset.pk.hex
    uses = Q(backdrop__contains=key) | Q(logo=key) | Q(translation=key)
    if Video.with_trash.filter(uses, owner=asset.owner_id).exists():
        return True
    return User.objects.filter(pk=asset.owner_id, logo=key).exists()
