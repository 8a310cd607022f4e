"""Static files under names that change with their contents, also where a script imports another.

With plain names in its imports, a script would run twice: once by a page, once by an import.
"""

from django.contrib.staticfiles.storage import HashedFilesMixin, ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Our own scripts only: those of packages may import what they do not bring
_IMPORTS = (r"""(?P<matched>from ["'](?P<url>\./[^"']+)["'])""", 'from "%(url)s"')
_PATTERNS = (*HashedFilesMixin.patterns, ("js/*.js", (_IMPORTS,)))


class ManifestStorage(ManifestStaticFilesStorage):
    """For development machines: without compression, which takes most of the start-up time."""

    patterns = _PATTERNS


class CompressedManifestStorage(CompressedManifestStaticFilesStorage):
    """For servers."""

    patterns = _PATTERNS
