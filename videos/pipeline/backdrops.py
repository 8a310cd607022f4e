"""Stores the pictures and looping videos of people, and finds those of a film again."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from videos import clock
from videos.media import workspace
from videos.media.new_files import store_files
from videos.models import Asset, User, Video
from videos.pipeline import quota
from videos.providers.errors import MediaError
from videos.render.backdrops.formats import check_number, is_video, picture_sentence
from videos.render.covers.jpeg_size import jpeg_size
from videos.render.errors import BackdropError, CoverError
from videos.render.sandbox.backdrop import convert_loop_in_child
from videos.render.sandbox.cover import convert_in_child

PICTURE_NAME, LOOP_NAME = "picture.jpg", "loop.mp4"
UNUSED_TTL = timedelta(days=1)  # after which an upload that no film uses is deleted


def store_backdrop(owner: User, files: "Sequence[File[bytes]]") -> list[Asset]:
    """Store the files of one backdrop: up to twelve pictures, or one video.

    The same file is stored once. Raises ``BackdropError`` with a sentence for files that cannot be
    used, ``QuotaReached`` where there is no room for them; what was stored before is tidied later.
    """
    with _on_disk(files) as paths:
        videos = sum(map(is_video, paths))
        check_number(len(paths) - videos, videos)
        return [_store(owner, path) for path in paths]


def find_backdrop(owner: User, backdrop: str) -> list[Asset]:
    """Return the assets of ``owner`` in a video's ``backdrop``, in their order.

    Raises ``MediaError`` where one of them is not there any more.
    """
    ids = backdrop.split()
    assets = Asset.objects.for_user(owner).in_order(ids)
    if len(assets) < len(ids):
        raise MediaError(_("A picture of this video was deleted. Order the video anew."))
    return assets


def local_backdrop(owner: User, backdrop: str, folder: Path) -> tuple[Path, ...]:
    """Return the files of a backdrop on this machine, or copies of them in ``folder``."""
    paths = (workspace.get_local_path(each.file, folder) for each in find_backdrop(owner, backdrop))
    return tuple(path for path in paths if path)


def join_ids(assets: Sequence[Asset]) -> str:
    """Return the ids of assets as a video's ``backdrop`` has them."""
    return " ".join(asset.pk.hex for asset in assets)


def delete_asset(asset: Asset) -> None:
    """Delete an asset and its file."""
    name = str(asset.file.name)
    asset.delete()
    transaction.on_commit(lambda: default_storage.delete(name))


def delete_unused_assets(owner: User, backdrop: str) -> None:
    """Delete those assets of a backdrop that no video of ``owner`` uses any more."""
    for asset in Asset.objects.for_user(owner).of_backdrops().in_order(backdrop.split()):
        if not _is_used(asset):
            delete_asset(asset)


def unused_assets() -> list[Asset]:
    """Return the pictures and videos that were chosen a day ago and are used by no film."""
    old = Asset.objects.of_backdrops().filter(used_at__lt=clock.now() - UNUSED_TTL)
    return [asset for asset in old if not _is_used(asset)]


def _is_used(asset: Asset) -> bool:
    videos = Video.with_trash.filter(owner=asset.owner_id, backdrop__contains=asset.pk.hex)
    return videos.exists()


@contextmanager
def _on_disk(files: "Sequence[File[bytes]]") -> Iterator[list[Path]]:
    """Yield the paths of uploaded files; those in memory are written to the scratch folder."""
    Path(settings.SCRATCH_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="backdrop-", dir=settings.SCRATCH_DIR) as folder:
        paths = []
        for number, file in enumerate(files):
            if hasattr(file, "temporary_file_path"):
                paths.append(Path(file.temporary_file_path()))
                continue
            path = Path(folder) / str(number)
            path.write_bytes(file.open().read())
            paths.append(path)
        yield paths


def _store(owner: User, path: Path) -> Asset:
    """Return the asset of an uploaded file, which is converted unless it is there already."""
    kind = Asset.Kind.LOOP if is_video(path) else Asset.Kind.PICTURE
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    same = Asset.objects.for_user(owner).filter(kind=kind, digest=digest)
    if same.update(used_at=clock.now()):
        return same.get()
    make = _make_loop if kind == Asset.Kind.LOOP else _make_picture
    with TemporaryDirectory(prefix="asset-", dir=settings.SCRATCH_DIR) as folder:
        asset = make(path, Path(folder))
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


def _make_picture(path: Path, folder: Path) -> Asset:
    try:
        jpeg = convert_in_child(path.read_bytes())
    except CoverError as error:
        raise BackdropError(picture_sentence(error)) from error
    width, height = jpeg_size(jpeg)
    file = ContentFile(jpeg, PICTURE_NAME)
    return Asset(file=file, width=width, height=height, size=len(jpeg))


def _make_loop(path: Path, folder: Path) -> Asset:
    made = folder / LOOP_NAME
    info = convert_loop_in_child(path, made)
    size = made.stat().st_size
    # The file is read when the row is saved, before the folder is removed
    file = ContentFile(made.read_bytes(), LOOP_NAME)
    return Asset(file=file, width=info.width, height=info.height, duration=info.duration, size=size)
