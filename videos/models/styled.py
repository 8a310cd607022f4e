"""How a film is to look and sound, as far as our own renderer lets people choose."""

from typing import TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _


class Styled(models.Model):
    """The choices of an order; a vendor, who knows only one way, heeds none of them."""

    class Format(models.TextChoices):
        WIDE = "16:9", _("Wide (16:9)")
        TALL = "9:16", _("Tall (9:16)")
        SQUARE = "1:1", _("Square (1:1)")

    class Look(models.TextChoices):
        GLOW = "glow", _("Glow")
        ORBIT = "orbit", _("Orbit")
        WAVE = "wave", _("Wave")

    class Resolution(models.IntegerChoices):
        HD = 720, _("720p")
        FULL_HD = 1080, _("1080p")

    class FrameRate(models.IntegerChoices):
        USUAL = 30, _("30 pictures a second")
        SMOOTH = 60, _("60 pictures a second")

    class Sound(models.TextChoices):
        NORMALISED = "normalised", _("Levelled to −14 LUFS")
        SOURCE = "source", _("As loud as the song")

    format = models.CharField(_("format"), max_length=5, choices=Format, default=Format.WIDE)
    look = models.CharField(_("look"), max_length=10, choices=Look, default=Look.GLOW)
    resolution = models.PositiveSmallIntegerField(
        _("resolution"), choices=Resolution, default=Resolution.HD
    )
    fps = models.PositiveSmallIntegerField(
        _("frame rate"), choices=FrameRate, default=FrameRate.USUAL
    )
    sound = models.CharField(_("sound"), max_length=10, choices=Sound, default=Sound.NORMALISED)
    section_tags = models.BooleanField(
        _("section names"),
        default=True,
        help_text=_("Whether Verse, Chorus and the like are shown above their lines."),
    )

    class Meta:
        abstract = True


class Style(TypedDict, total=False):
    """The same as the arguments of an order; what is left out is as usual."""

    look: str
    resolution: int
    fps: int
    sound: str
    section_tags: bool
