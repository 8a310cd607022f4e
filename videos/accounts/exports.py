"""Makes a copy of all data of a person: a zip file with their songs, films and rows."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import serializers
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext as _

from videos.media import workspace
from videos.models import (
    AccountEvent,
    AccountExport,
    ApiKey,
    Asset,
    Delivery,
    DeliveryAttempt,
    Event,
    MusicTask,
    Report,
    Review,
    Track,
    User,
    Video,
    ViewCount,
)
from videos.pipeline.claim import renewing_lease
from videos.render.errors import is_disk_full

logger = logging.getLogger(__name__)

BLOCK_SIZE = 1024 * 1024  # bytes
RETRY_INTERVAL = timedelta(minutes=1)
# Columns that are no data of the person, or secrets that a copy must not spread
LEFT_OUT = {
    *("password", "session_salt", "digest", "user_permissions", "groups"),
    *("network", "decided_by"),
    *("due_at", "fencing_token", "crashed_claims", "form_token", "order_key"),
}
_UNSAFE_IN_NAMES = re.compile(r"[^\w .()-]+")

# One copy at a time in a process: a large one must not hold up the other work
lane = BoundedSemaphore(1)

ShouldStop = Callable[[], bool]


class ExportStopped(Exception):
    """The worker is asked to stop, or has lost the row."""


def export_next() -> bool:
    """Make the first due export that is not claimed; False where there is none, or no lane."""
    if not lane.acquire(blocking=False):
        return False
    try:
        if row := AccountExport.objects.claim_next():
            _export(row)
        return row is not None
    finally:
        lane.release()


def _export(row: AccountExport) -> None:
    """Make a claimed export, and record the result."""
    if row.crashed_claims > settings.WORK_MAX_CRASHED_CLAIMS:
        row.mark_failed(_("The workers that made the copy were lost. Order another one."))
        return
    with renewing_lease(row) as lease:
        try:
            with _written(row.owner, lease.should_stop) as path:
                size = path.stat().st_size
                with path.open("rb") as file:
                    movable = workspace.MovableFile(file, name=str(path))
                    name = default_storage.save(f"exports/{row.pk.hex}.zip", movable)
            if row.mark_ready(name, size):
                _tell(row)
            else:
                default_storage.delete(name)
        except ExportStopped:
            row.release(timedelta())
        except Exception as error:
            logger.exception("Export %s, attempt %s broke", row.pk, row.fencing_token)
            if is_disk_full(error) or not workspace.is_storage_working():
                row.release(RETRY_INTERVAL)
            else:
                row.mark_failed(_("The copy could not be made. Tell whoever runs the portal."))


def _tell(row: AccountExport) -> None:
    url = f"{settings.SITE_URL}{reverse('videos:account_data')}"
    email = EmailAddress.objects.get_primary_email(row.owner)
    context = {"url": url, "expires_at": row.expires_at}
    get_adapter().send_mail("account/email/export_ready", email, context)


@contextmanager
def _written(owner: User, should_stop: ShouldStop) -> Iterator[Path]:
    """Yield the path of a finished zip file; raises ``ExportStopped``."""
    scratch = Path(settings.SCRATCH_DIR)
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="export-", dir=scratch) as folder:
        path = Path(folder) / "export.zip"
        with ZipFile(path, "w") as archive:
            write_archive(archive, owner, should_stop)
        yield path


def write_archive(archive: ZipFile, owner: User, should_stop: ShouldStop) -> None:
    """Write all data of ``owner`` into ``archive``; raises ``ExportStopped``."""
    for name, rows in _tables(owner).items():
        if should_stop():
            raise ExportStopped
        with _entry(archive, f"data/{name}.json", ZIP_DEFLATED) as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8")
            columns = [each.name for each in rows.model._meta.fields if each.name not in LEFT_OUT]
            serializers.serialize(
                "json", rows, stream=text, indent=1, fields=columns, ensure_ascii=False
            )
            text.detach()
    for track in Track.objects.for_user(owner).order_by("pk"):
        folder = f"songs/{_name_of(str(track), track.pk)}"
        _copy(archive, f"{folder}/audio", track.audio, should_stop)
        _copy(archive, f"{folder}/cover", track.cover, should_stop)
        if track.lyrics:
            archive.writestr(f"{folder}/lyrics.txt", track.lyrics, ZIP_DEFLATED)
    for video in Video.objects.for_user(owner).select_related("track").order_by("pk"):
        folder = f"films/{_name_of(video.title, video.pk)}"
        _copy(archive, f"{folder}/film", video.film, should_stop)
        _copy(archive, f"{folder}/poster", video.poster, should_stop)
    for asset in Asset.objects.for_user(owner).order_by("created_at"):
        _copy(archive, f"files/{asset.kind} ({asset.pk.hex[:8]})", asset.file, should_stop)


def _tables(owner: User) -> dict[str, QuerySet]:  # type: ignore[type-arg]  # of any model
    """Return the rows that are about ``owner``, by the names of their files."""
    return {
        "account": User.objects.filter(pk=owner.pk),
        "addresses": EmailAddress.objects.filter(user=owner),
        "history": AccountEvent.objects.for_user(owner),
        "api_keys": ApiKey.objects.for_user(owner),
        "music_tasks": MusicTask.objects.for_user(owner),
        "songs": Track.objects.for_user(owner),
        "videos": Video.objects.for_user(owner),
        "assets": Asset.objects.for_user(owner),
        "video_history": Event.objects.filter(video__owner=owner),
        "views": ViewCount.objects.filter(video__owner=owner),
        "reviews": Review.objects.filter(video__owner=owner),
        "reports_sent": Report.objects.filter(reporter=owner),
        "webhooks": Delivery.objects.for_user(owner),
        "webhook_attempts": DeliveryAttempt.objects.filter(delivery__owner=owner),
    }


def _copy(archive: ZipFile, name: str, stored: FieldFile, should_stop: ShouldStop) -> None:
    """Copy a stored file as it is: sound and pictures are compressed already."""
    if not stored or not stored.storage.exists(str(stored.name)):
        return
    suffix = PurePosixPath(str(stored.name)).suffix
    with stored.open("rb") as source, _entry(archive, f"{name}{suffix}", ZIP_STORED) as target:
        while block := source.read(BLOCK_SIZE):
            if should_stop():
                raise ExportStopped
            target.write(block)


@contextmanager
def _entry(archive: ZipFile, name: str, compression: int) -> Iterator[IO[bytes]]:
    info = ZipInfo(name)
    info.compress_type = compression
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as stream:
        yield stream


def _name_of(title: str, pk: object) -> str:
    name = " ".join(_UNSAFE_IN_NAMES.sub(" ", title).split()).strip(" .")[:60]
    return f"{name} ({pk})" if name else str(pk)


def delete(row: AccountExport) -> None:
    """Delete a copy and its file; a worker that makes it stops."""
    name = str(row.file.name or "")
    row.delete()
    if name:
        default_storage.delete(name)
