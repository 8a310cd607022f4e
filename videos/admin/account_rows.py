"""The admin of accounts' addresses, and of what happened to them: histories, exports, deletions."""

from allauth.account.admin import EmailAddressAdmin as StockEmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from videos.admin.large_tables import LargeTable
from videos.admin.read_only import ReadOnlyAdmin
from videos.admin.search import AnyIdSearch
from videos.models import AccountDeletion, AccountEvent, AccountExport
from videos.queue import enqueue_account_work

admin.site.unregister(EmailAddress)


@admin.register(EmailAddress)
class EmailAddressAdmin(LargeTable, StockEmailAddressAdmin):  # type: ignore[misc]  # untyped
    """Allauth's own list, without a count of all rows."""

    list_select_related = ("user",)


@admin.register(AccountEvent)
class AccountEventAdmin(AnyIdSearch, ReadOnlyAdmin):
    """The histories of all accounts."""

    list_display = ("at", "user", "kind", "detail")
    list_filter = ("kind", "at")
    list_select_related = ("user",)
    search_texts = ("user__email", "detail")


@admin.register(AccountExport)
class AccountExportAdmin(ReadOnlyAdmin):
    """Every copy of somebody's data; only its owner can download it."""

    list_display = ("owner", "state", "size", "created_at", "expires_at", "error_message")
    list_filter = ("state", "created_at")
    list_select_related = ("owner",)
    search_fields = ("owner__email", "error_message")
    fields = (
        *("owner", "state", "size", "error_message", "created_at", "expires_at"),
        *("due_at", "crashed_claims", "fencing_token"),
    )

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """They expire by themselves, with their files."""
        return False


@admin.register(AccountDeletion)
class AccountDeletionAdmin(ReadOnlyAdmin):
    """Every deletion of an account; after it the row has neither name nor address."""

    list_display = (
        *("__str__", "user", "state", "deleted_videos", "deleted_songs"),
        *("error_message", "created_at", "completed_at"),
    )
    list_filter = ("state", "created_at")
    list_select_related = ("user",)
    search_fields = ("=account_id", "user__email", "error_message")
    actions = ("retry",)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """The record that an account was deleted stays for a year."""
        return False

    @admin.action(description=gettext_lazy("Try again"), permissions=["view"])
    def retry(self, request: HttpRequest, rows: QuerySet[AccountDeletion]) -> None:
        """Do the selected deletions that failed once more."""
        count = sum(row.retry() for row in rows)
        enqueue_account_work()
        text = ngettext("%(n)d deletion is tried again.", "%(n)d deletions are tried again.", count)
        messages.success(request, text % {"n": count})
