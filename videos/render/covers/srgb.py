"""Converts the colours of a picture to sRGB, by its ICC profile or by what else its file says."""

from contextlib import suppress
from io import BytesIO
from typing import IO

from PIL import Image, ImageCms

from videos.render.covers.code_points import read_code_points
from videos.render.covers.colour_space import ColourSpace, convert, from_code_points, from_gamma

# The colour space of a profile (ICC.1, 7.2.6), and the mode in which Pillow converts from it.
PROFILE_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}
# The profiles that make sense for a mode: a grey picture may have that of an RGB one.
USABLE_PROFILES = {"L": {"L", "RGB"}, "RGB": {"RGB"}, "CMYK": {"CMYK"}}

_SRGB = ImageCms.createProfile("sRGB")


def find_colours(image: Image.Image, file: IO[bytes]) -> bytes | ColourSpace | None:
    """Return what the opened ``file`` says of its colours: an ICC profile, or a colour space.

    None stands for sRGB.
    """
    code_points = read_code_points(file)
    profile = image.info.get("icc_profile")
    # A PNG's code points come before its profile (PNG, third edition, 4.3), in AVIF they follow it.
    if code_points and (image.format == "PNG" or not profile):
        return from_code_points(*code_points)
    if profile:
        return bytes(profile)
    if "srgb" in image.info:
        return None
    return from_gamma(image.info.get("gamma"), image.info.get("chromaticity"))


def to_srgb(image: Image.Image, colours: bytes | ColourSpace | None) -> Image.Image:
    """Return a picture in L, LA, RGB, RGBA or CMYK in sRGB; its transparency stays."""
    if colours is None:
        return image
    if "A" not in image.getbands():
        return _convert_opaque(image, colours)
    alpha = image.getchannel("A")
    picture = _convert_opaque(image.convert(image.mode[:-1]), colours).convert("RGB")
    picture.putalpha(alpha)
    return picture


def _convert_opaque(image: Image.Image, colours: bytes | ColourSpace) -> Image.Image:
    if isinstance(colours, ColourSpace):
        return convert(image.convert("RGB"), colours)
    with suppress(ImageCms.PyCMSError, OSError, ValueError):  # broken: it is taken for sRGB
        profile = ImageCms.ImageCmsProfile(BytesIO(colours))
        mode = PROFILE_MODES.get(profile.profile.xcolor_space)
        if mode in USABLE_PROFILES[image.mode]:
            source = image.convert(mode)
            return ImageCms.profileToProfile(source, profile, _SRGB, outputMode="RGB") or image
    return image
