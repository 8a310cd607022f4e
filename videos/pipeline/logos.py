"""Stores the logos of people."""

from django.core.files.base import ContentFile, File

from videos.models import Asset, User
from videos.pipeline.assets import digest_of, on_disk, store_asset
from videos.render.sandbox.logo import convert_logo_in_child

LOGO_NAME = "logo.png"


def store_logo(owner: User, file: "File[bytes]") -> Asset:
    """Store a logo; the same file is stored once.

    Raises ``LogoError`` with a sentence for a file that cannot be used, ``QuotaReached`` where
    there is no room for it.
    """
    with on_disk([file]) as (path,):
        return store_asset(
            owner, Asset.Kind.LOGO, digest_of(path), lambda: _make_logo(path.read_bytes())
        )


def _make_logo(data: bytes) -> Asset:
    png, (width, height) = convert_logo_in_child(data)
    return Asset(file=ContentFile(png, LOGO_NAME), width=width, height=height, size=len(png))
