"""A cover as somebody has it becomes a cover as we keep it: a plain RGB JPEG."""

from io import BytesIO
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2048  # pixels
QUALITY = 90
PAPER = "white"  # what shows through a transparent picture

_SRGB = ImageCms.createProfile("sRGB")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, OverflowError, IndexError, TypeError)


class CoverError(ValueError):
    """The picture cannot be used; the text says why."""


def as_jpeg(file: IO[bytes]) -> bytes:
    """Return the picture in ``file`` upright, in sRGB, without metadata, at most 2048 px long.

    Of an animation the first picture is taken. Its size is looked at before a pixel is decoded.
    Raises ``CoverError``.
    """
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > settings.MAX_COVER_PIXELS:
                raise CoverError(_too_many_pixels())
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _encoded(_reduced(image))
    except _BOMBS as error:
        raise CoverError(_too_many_pixels()) from error
    except CoverError:
        raise
    except _DAMAGED as error:
        raise CoverError(_("This picture cannot be read: use a JPEG, PNG or WebP file.")) from error


def _too_many_pixels() -> str:
    most = settings.MAX_COVER_PIXELS // 1_000_000
    return _("This picture is too large: %(most)d megapixels are the limit.") % {"most": most}


def _reduced(image: Image.Image) -> Image.Image:
    """Return the picture upright and small, in its own colours."""
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"P", "PA", "1"}:
        upright = upright.convert("RGBA")
    elif upright.mode.startswith("I"):  # 16 bits of grey: Pillow would cut off, not divide
        upright = upright.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return upright


def _encoded(image: Image.Image) -> bytes:
    target = BytesIO()
    _plain(image).save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return target.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB, laid on paper where it is transparent."""
    if "A" in image.getbands():
        colours = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, PAPER)
        return Image.alpha_composite(paper, colours).convert("RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            own = ImageCms.getOpenProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile says nothing about the colours
    return image.convert("RGB")
