"""Deletes the rows of accounts whose time is over."""

from videos.accounts import exports
from videos.models import (
    AccountDeletion,
    AccountEvent,
    AccountExport,
    Invitation,
    PasswordResetRequest,
    Report,
)


def tidy(*, is_trial: bool = False) -> int:
    """Delete expired copies with their files, and rows that are older than they are kept.

    Returns how many there are; a trial only counts them.
    """
    copies = AccountExport.objects.expired()
    expired = (
        AccountDeletion.objects.expired(),
        AccountEvent.objects.expired(),
        Invitation.objects.expired(),
        PasswordResetRequest.objects.expired(),
    )
    count = sum(rows.count() for rows in (copies, *expired))
    if is_trial:
        return count
    for row in copies:
        exports.delete(row)
    for rows in expired:
        rows.delete()
    return count + Report.objects.forget_networks()
