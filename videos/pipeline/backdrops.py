"""Stores the pictures and looping videos of people."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import ContentFile, File

from videos.models import Asset, User
from videos.pipeline.assets import digest_of, on_disk, store_asset
from videos.render.backdrops.formats import check_number, is_video, picture_sentence
from videos.render.covers.jpeg_size import jpeg_size
from videos.render.errors import BackdropError, CoverError
from videos.render.sandbox.backdrop import convert_loop_in_child
from videos.render.sandbox.cover import convert_in_child

PICTURE_NAME, LOOP_NAME = "picture.jpg", "loop.mp4"


def store_backdrop(owner: User, files: "Sequence[File[bytes]]") -> list[Asset]:
    """Store the files of one backdrop: up to twelve pictures, or one video.

    The same file is stored once. Raises ``BackdropError`` with a sentence for files that cannot be
    used, ``QuotaReached`` where there is no room for them; what was stored before is tidied later.
    """
    with on_disk(files) as paths:
        videos = sum(map(is_video, paths))
        check_number(len(paths) - videos, videos)
        return [_store(owner, path) for path in paths]


def _store(owner: User, path: Path) -> Asset:
    """Return the asset of an uploaded file, which is converted unless it is there already."""
    kind, make = (
        (Asset.Kind.LOOP, _make_loop) if is_video(path) else (Asset.Kind.PICTURE, _make_picture)
    )
    return store_asset(owner, kind, digest_of(path), lambda: make(path))


def _make_picture(path: Path) -> Asset:
    try:
        jpeg = convert_in_child(path.read_bytes())
    except CoverError as error:
        raise BackdropError(picture_sentence(error)) from error
    width, height = jpeg_size(jpeg)
    file = ContentFile(jpeg, PICTURE_NAME)
    return Asset(file=file, width=width, height=height, size=len(jpeg))


def _make_loop(path: Path) -> Asset:
    with TemporaryDirectory(prefix="asset-", dir=settings.SCRATCH_DIR) as folder:
        made = Path(folder) / LOOP_NAME
        info = convert_loop_in_child(path, made)
        data = made.read_bytes()
    file = ContentFile(data, LOOP_NAME)
    numbers = {"width": info.width, "height": info.height, "duration": info.duration}
    return Asset(file=file, size=len(data), **numbers)
