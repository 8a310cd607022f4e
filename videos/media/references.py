"""Which stored files rows refer to: all others are orphans."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import FileField


def referenced_names() -> Iterator[str]:
    """Yield the name of each file in the storage that a row refers to; reads all rows."""
    for model in apps.get_models():
        fields = [field.name for field in model._meta.fields if isinstance(field, FileField)]
        if not fields:
            continue
        for names in model._base_manager.values_list(*fields).iterator(chunk_size=2000):
            yield from filter(None, names)
