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


def tidy() -> None:
    """Delete expired copies with their files, and rows that are older than they are kept."""
    for row in AccountExport.objects.expired():
        exports.delete(row)
    AccountDeletion.objects.expired().delete()
    AccountEvent.objects.expired().delete()
    Invitation.objects.expired().delete()
    PasswordResetRequest.objects.expired().delete()
    Report.objects.forget_networks()
