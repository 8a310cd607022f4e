"""Files that people send in pieces: begun, continued, discarded, and tidied."""

import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from videos.media import partial_files
from videos.models import Upload, User
from videos.pipeline import quota
from videos.pipeline.rations import UPLOAD_STARTS
from videos.pipeline.song_analysis import announce_upload

MEBIBYTE = 1024 * 1024
MAX_UPLOADS = 100  # of a person that no song was made of yet: twenty songs with covers, twice
ORPHAN_AGE = 3600.0  # seconds after which a file without a row is deleted


class UploadRefused(Exception):
    """This file is not taken; the text is a sentence."""


class TooMuchData(Exception):
    """A piece reaches beyond the end that the file was to have."""


def max_file_bytes() -> int:
    """Return the size of the largest file that is taken."""
    return int(max(settings.MAX_AUDIO_BYTES, settings.MAX_COVER_BYTES))


def begin(owner: User, name: str, size: int) -> Upload:
    """Create an upload of ``size`` bytes; what is still to come counts as stored.

    Raises ``UploadRefused``, ``QuotaReached`` and ``RationSpent``.
    """
    if size > max_file_bytes():
        sentence = _("This file has %(size)d MB; %(most)d MB are the limit.")
        values = {"size": -(-size // MEBIBYTE), "most": max_file_bytes() // MEBIBYTE}
        raise UploadRefused(sentence % values)
    UPLOAD_STARTS.spend(owner)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)  # locks the quota of this owner
        uploads = Upload.objects.for_user(owner).without_song()
        if uploads.count() >= MAX_UPLOADS:
            raise UploadRefused(
                _("Too many of your files are on their way. Make their films, or cancel them.")
            )
        quota.check_storage_quota(owner, uploads.total_size() + size)
        upload = Upload.objects.create(owner=owner, name=name[-255:], size=size)
        partial_files.create(upload)
    return upload


def receive(upload: Upload, offset: int, blocks: Iterable[bytes]) -> int:
    """Append what comes to ``upload`` and return its new offset, in bytes.

    A song that is whole is analysed by a worker. Raises ``OffsetConflict``, and ``TooMuchData``
    where the piece is longer than what is missing; up to there it stays.
    """

    def bounded() -> Iterable[bytes]:
        missing = upload.size - offset
        for block in blocks:
            if len(block) > missing:
                raise TooMuchData
            missing -= len(block)
            yield block

    end = partial_files.append(upload, offset, bounded())
    upload.renew()
    if end == upload.size:
        announce_upload(upload)
    return end


def discard(upload: Upload) -> None:
    """Delete an upload with its file, which may be a song's by now and then stays."""
    partial_files.delete(upload)
    upload.delete()


def discard_expired() -> int:
    """Delete the uploads that nobody resumed, and files without a row; return how many."""
    count = 0
    for upload in Upload.objects.expired().iterator():
        discard(upload)
        count += 1
    for path in _orphans():
        path.unlink(missing_ok=True)
        count += 1
    return count


def count_expired() -> int:
    """Return how many ``discard_expired`` would delete now."""
    return Upload.objects.expired().count() + len(_orphans())


def _orphans() -> list[Path]:
    """Return the old files of uploads whose rows are gone, such as those of deleted accounts."""
    before = time.time() - ORPHAN_AGE
    pks = {pk.hex for pk in Upload.objects.values_list("pk", flat=True)}
    return [
        path
        for path in partial_files.list_files()
        if path.stem not in pks and _modified_at(path) < before
    ]


def _modified_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
