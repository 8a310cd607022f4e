"""Loads a logo: a picture with transparency, light enough for the dark foot of a film."""

import warnings
from pathlib import Path

import numpy as np
from PIL import Image

from videos.render.covers.formats import START, find_format
from videos.render.covers.reading import MAX_PIXELS
from videos.render.errors import LogoError
from videos.render.paint.contrast import lighten

FORMATS = ("PNG", "WebP")  # those with transparency that people save logos in
MIN_ALPHA = 8  # (of 255) that can be seen
GROUND_LUMINANCE = 0.06  # of what is behind it
MIN_CONTRAST = 3.0  # of its mean colour to that (WCAG 2.2, 1.4.11)

CHOOSE = "Save it as PNG or WebP with a transparent background."


def load_logo(path: Path, height: int, max_width: int) -> Image.Image:
    """Return the logo as RGBA, as high as ``height`` unless it would be wider than ``max_width``.

    Its transparent border is cut off. Where it is too dark to be seen it is mixed with white.
    Raises ``LogoError`` with a sentence.
    """
    image = _read(path)
    box = image.getchannel("A").point(lambda alpha: alpha if alpha >= MIN_ALPHA else 0).getbbox()
    if box is None:
        raise LogoError("The logo is empty: all of it is transparent.")
    image = image.crop(box)
    scale = min(height / image.height, max_width / image.width)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    premultiplied = image.convert("RGBa").resize(size, Image.Resampling.LANCZOS)
    return _lighten(premultiplied.convert("RGBA"))


def _read(path: Path) -> Image.Image:
    try:
        with path.open("rb") as file:
            kind = find_format(file.read(START))
            if kind is None or kind.name not in FORMATS:
                name = f"is a {kind.name} file" if kind else "is no picture that can be used"
                raise LogoError(f"The logo {name}. {CHOOSE}")
            file.seek(0)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _decode(Image.open(file, formats=[kind.decoder]))
    except LogoError:
        raise
    except OSError as error:
        if error.errno is not None:
            raise LogoError(f"The logo cannot be read: {error.strerror}.") from error
        raise LogoError(_damage()) from error
    except Exception as error:  # a damaged picture can raise almost anything out of Pillow
        raise LogoError(_damage()) from error


def _decode(image: Image.Image) -> Image.Image:
    with image:
        if image.width * image.height > MAX_PIXELS:
            megapixels = MAX_PIXELS // 1_000_000
            raise LogoError(f"The logo is too large: {megapixels} megapixels are the limit.")
        image.load()
        return image.convert("RGBA")


def _damage() -> str:
    return f"The logo cannot be read: its file is damaged or not whole. {CHOOSE}"


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
