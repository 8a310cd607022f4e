"""The files of rows that are about to be written."""

from django.db.models import FileField, Model


def store_files(row: Model) -> None:
    """Write the new files of ``row`` to the storage, and their names to its fields.

    Call it before the transaction that writes the row: a storage that is slow or silent would hold
    a connection of the database for as long, and with SQLite everybody's writing.
    """
    for field in row._meta.fields:
        if isinstance(field, FileField):
            field.pre_save(row, add=True)  # what save() does first; it stores nothing twice
