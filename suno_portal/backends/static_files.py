"""Static files under names that change with their contents, also where a script imports another.

With plain names in its imports, a script would run twice: once by a page, once by an import. The
parts of a stylesheet are put together, so that a page loads one file.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin, ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Our own scripts only: those of packages may import what they do not bring
_IMPORTS = (r"""(?P<matched>from ["'](?P<url>\.{1,2}/[^"']+)["'])""", 'from "%(url)s"')
_PATTERNS = (*HashedFilesMixin.patterns, ("js/*.js", (_IMPORTS,)))
BUNDLES = ("css/site.css", "css/creator.css", "css/admin.css")
_PART = re.compile(r'^@import url\("(?P<name>[\w-]+\.css)"\);$', re.MULTILINE)

# What browsers do not read: a sixth of the bytes that are sent
_SPARE = re.compile(r"/\*.*?\*/\s*|(?<=\n)\s+", re.DOTALL)

Paths = dict[str, tuple[Storage, str]]  # by the name of each file: where it was found


def compact(css: str) -> str:
    """Return a stylesheet without its comments and indents."""
    return _SPARE.sub("", css)


class ManifestStorage(ManifestStaticFilesStorage):
    """For development machines: without compression, which takes most of the start-up time."""

    patterns = _PATTERNS

    @cached_property
    def _urls(self) -> dict[str, str]:
        return {}

    def url(self, name: str | None, force: bool = False) -> str:
        """Return the address of a file, which is worked out once: a page names some twenty."""
        name = name or ""
        if force:
            return super().url(name, force)
        if name not in self._urls:
            self._urls[name] = super().url(name)
        return self._urls[name]

    def post_process(
        self, paths: Paths, dry_run: bool = False, **options: object
    ) -> Iterator[tuple[str, Any, Any]]:
        """Bundle, then name the files after their contents, as Django does."""
        if not dry_run:
            for name in BUNDLES:
                self.bundle(name, paths)
        yield from super().post_process(paths, dry_run, **options)

    def bundle(self, name: str, paths: Paths) -> None:
        """Write the stylesheet ``name`` with its parts, which are in the same folder.

        Comments and indents are left out.
        """

        def read_part(match: re.Match[str]) -> str:
            return _read(paths, str(PurePosixPath(name).with_name(match["name"])))

        text = compact(_PART.sub(read_part, _read(paths, name)))
        self.delete(name)
        self.save(name, ContentFile(text.encode()))
        paths[name] = (self, name)


class CompressedManifestStorage(ManifestStorage, CompressedManifestStaticFilesStorage):
    """For servers."""


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return bytes(file.read()).decode()
