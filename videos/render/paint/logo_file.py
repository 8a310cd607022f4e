"""Loads a logo: a picture with transparency, light enough for the dark foot of a film."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import IO

import numpy as np
from PIL import Image

from videos.render.covers.formats import (
    LOGO_ADVICE,
    LOGO_FORMATS,
    START,
    UNREADABLE_LOGO,
    find_format,
)
from videos.render.covers.reading import MAX_PIXELS
from videos.render.errors import LogoError
from videos.render.errors import gettext_noop as _
from videos.render.paint.contrast import lighten

MIN_ALPHA = 8  # (of 255) that can be seen
GROUND_LUMINANCE = 0.06  # of what is behind it
MIN_CONTRAST = 3.0  # of its mean colour to that (WCAG 2.2, 1.4.11)

MAX_SIDE = 2048  # pixels, of a logo that is stored


def load_logo(path: Path, height: int, max_width: int) -> Image.Image:
    """Return the logo as RGBA, as high as ``height`` unless it would be wider than ``max_width``.

    Its transparent border is cut off. Where it is too dark to be seen it is mixed with white.
    Raises ``LogoError`` with a sentence.
    """
    try:
        with path.open("rb") as file:
            image = _read(file)
    except OSError as error:
        raise LogoError(f"The logo cannot be read: {error.strerror}.") from error
    scale = min(height / image.height, max_width / image.width)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return _lighten(_resize(image, size))


def convert_to_png(source: IO[bytes]) -> tuple[bytes, tuple[int, int]]:
    """Return a logo without its transparent border as a PNG with sides of at most ``MAX_SIDE``.

    With it comes its size in pixels. Nothing but the pixels is in it. Raises ``LogoError``.
    """
    image = _read(source)
    scale = min(1.0, MAX_SIDE / max(image.size))
    if scale < 1:
        image = _resize(image, (round(image.width * scale) or 1, round(image.height * scale) or 1))
    target = BytesIO()
    Image.frombytes("RGBA", image.size, image.tobytes()).save(target, "PNG")
    return target.getvalue(), image.size


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    premultiplied = image.convert("RGBa").resize(size, Image.Resampling.LANCZOS)
    return premultiplied.convert("RGBA")


def _read(file: IO[bytes]) -> Image.Image:
    """Return the logo as RGBA without its transparent border."""
    try:
        kind = find_format(file.read(START))
        if kind is None or kind.name not in LOGO_FORMATS:
            raise LogoError(_refuse_format(kind.name if kind else ""))
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = _decode(Image.open(file, formats=[kind.decoder]))
    except (LogoError, MemoryError):
        raise
    except OSError as error:
        if error.errno is not None:
            raise
        raise LogoError(UNREADABLE_LOGO) from error
    except Exception as error:  # a damaged picture can raise almost anything out of Pillow
        raise LogoError(UNREADABLE_LOGO) from error
    box = image.getchannel("A").point(lambda alpha: alpha if alpha >= MIN_ALPHA else 0).getbbox()
    if box is None:
        raise LogoError(_("The logo is empty: all of it is transparent."))
    return image.crop(box)


def _decode(image: Image.Image) -> Image.Image:
    with image:
        if image.width * image.height > MAX_PIXELS:
            sentence = _("The logo is too large: %(n)d megapixels are the limit.")
            raise LogoError(sentence % {"n": MAX_PIXELS // 1_000_000})
        image.load()
        return image.convert("RGBA")


def _refuse_format(name: str) -> str:
    if name:
        return _("The logo is a %(format)s file. %(advice)s") % {
            "format": name,
            "advice": LOGO_ADVICE,
        }
    return _("The logo is no picture that can be used. %(advice)s") % {"advice": LOGO_ADVICE}


def _lighten(logo: Image.Image) -> Image.Image:
    """Return a logo mixed with as much white as its mean colour needs."""
    pixels = np.asarray(logo, np.float32)
    weights = pixels[..., 3:] / max(1.0, float(pixels[..., 3].sum()))
    red, green, blue = (pixels[..., :3] * weights).sum(axis=(0, 1))
    mean = round(float(red)), round(float(green)), round(float(blue))
    light = lighten(mean, GROUND_LUMINANCE, MIN_CONTRAST)
    if light == mean:
        return logo
    share = max((new - old) / max(1, 255 - old) for new, old in zip(light, mean, strict=True))
    lighter = pixels.copy()
    lighter[..., :3] += (255 - lighter[..., :3]) * np.float32(share)
    return Image.fromarray(lighter.round().astype(np.uint8), "RGBA")
