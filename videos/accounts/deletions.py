"""Deletes an account with everything that belongs to it, and can be stopped and resumed."""

import logging
from datetime import timedelta
from threading import BoundedSemaphore

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext as _

from videos.accounts import exports
from videos.media import workspace
from videos.models import (
    AccountDeletion,
    AccountExport,
    Asset,
    Mail,
    MusicTask,
    Track,
    Upload,
    User,
    Video,
)
from videos.pipeline import delete_song, delete_video, uploads
from videos.pipeline.assets import delete_asset
from videos.pipeline.claim import renewing_lease
from videos.render.errors import is_disk_full

logger = logging.getLogger(__name__)

RETRY_INTERVAL = timedelta(minutes=1)

# One deletion at a time in a process: a large one must not hold up the other work
lane = BoundedSemaphore(1)


def delete_next() -> bool:
    """Do the first due deletion that is not claimed; False where there is none, or no lane."""
    if not lane.acquire(blocking=False):
        return False
    try:
        if row := AccountDeletion.objects.claim_next():
            _do(row)
        return row is not None
    finally:
        lane.release()


def delete_everything(user: User, job: AccountDeletion | None = None) -> None:
    """Delete a person with their videos, songs, keys, copies and all files.

    ``job`` counts what is deleted, and ends the work where its claim is lost.
    """
    for video in Video.with_trash.filter(owner=user).iterator():
        delete_video(video)
        if job and not job.count_deleted(videos=1):
            return
    for track in Track.objects.for_user(user).select_related("music_task").iterator():
        delete_song(track)
        if job and not job.count_deleted(songs=1):
            return
    for asset in Asset.objects.for_user(user).iterator():
        delete_asset(asset)
    for upload in Upload.objects.for_user(user):
        uploads.discard(upload)
    for export in AccountExport.objects.for_user(user):
        exports.delete(export)
    addresses = {
        user.email,
        *EmailAddress.objects.filter(user=user).values_list("email", flat=True),
    }
    Mail.objects.filter(recipient__in=addresses, state=Mail.State.SENT).delete()
    MusicTask.objects.for_user(user).delete()
    user.delete()


def _do(row: AccountDeletion) -> None:
    """Do a claimed deletion, and record the result."""
    if row.crashed_claims > settings.WORK_MAX_CRASHED_CLAIMS:
        row.mark_failed(_("The workers that deleted the account were lost."))
        return
    with renewing_lease(row) as lease:
        try:
            if row.user is not None:
                delete_everything(row.user, row)
            if not lease.lost:
                row.mark_done()
        except Exception as error:
            logger.exception("Deletion %s, attempt %s broke", row.pk, row.fencing_token)
            if is_disk_full(error) or not workspace.is_storage_working():
                row.release(RETRY_INTERVAL)
            else:
                row.mark_failed(_("The portal itself broke down; its log says why."))
