"""Columns for files that are made of others: pictures and pieces of films."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def file_column(label: "StrOrPromise") -> models.FileField:
    """Return a column with the name of a file that may not be there (yet)."""
    return models.FileField(
        label, max_length=200, blank=True, default="", db_default="", editable=False
    )
