"""Admins of rows that pages and workers write, and operators only look at."""

from django.contrib import admin
from django.http import HttpRequest

from videos.admin.large_tables import LargeTable


class ReadOnlyAdmin(LargeTable, admin.ModelAdmin):  # type: ignore[type-arg]  # generic for mypy only
    """A list of such rows, and a page of each."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Pages create them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """They are never edited; actions need the right to look at them."""
        return False


class ReadOnlyInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for mypy only
    """Such rows on the page of the row that they belong to, and are deleted with."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Pages and workers create them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """They are never edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """None of them is deleted alone."""
        return False
