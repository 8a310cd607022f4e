"""Conversion of covers: any JPEG, PNG or WebP becomes an RGB JPEG without metadata."""

from io import BytesIO
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_SIDE = 2048  # pixels
QUALITY = 90
BACKGROUND = "white"  # of a transparent picture

_SRGB = ImageCms.createProfile("sRGB")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, OverflowError, IndexError, TypeError)


class CoverError(ValueError):
    """The picture cannot be used; the text says why."""


def convert_to_jpeg(file: IO[bytes]) -> bytes:
    """Return the picture in ``file`` as a JPEG: upright, sRGB, no side longer than 2048 pixels.

    Only the first frame of an animation is used. The size is checked before a pixel is decoded.
    Raises ``CoverError``.
    """
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > settings.MAX_COVER_PIXELS:
                raise CoverError(_too_large_sentence())
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            return _encode(_reduce(image))
    except _BOMBS as error:
        raise CoverError(_too_large_sentence()) from error
    except CoverError:
        raise
    except _DAMAGED as error:
        raise CoverError(_("This picture cannot be read: use a JPEG, PNG or WebP file.")) from error


def _too_large_sentence() -> str:
    megapixels = settings.MAX_COVER_PIXELS // 1_000_000
    sentence = _("This picture is too large: %(most)d megapixels are the limit.")
    return sentence % {"most": megapixels}


def _reduce(image: Image.Image) -> Image.Image:
    """Return the picture upright, with no side longer than ``MAX_SIDE``, in its colour space."""
    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"P", "PA", "1"}:
        upright = upright.convert("RGBA")
    elif upright.mode.startswith("I"):  # 16 bits of grey: Pillow would clip values, not scale them
        upright = upright.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return upright


def _encode(image: Image.Image) -> bytes:
    target = BytesIO()
    _to_srgb(image).save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return target.getvalue()


def _to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in sRGB; a transparent one is composited on the background."""
    if "A" in image.getbands():
        foreground = image.convert("RGBA")
        background = Image.new("RGBA", image.size, BACKGROUND)
        return Image.alpha_composite(background, foreground).convert("RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.getOpenProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the colours are taken for sRGB
    return image.convert("RGB")
