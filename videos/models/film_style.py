"""The style of a film: a column for each option of the renderer."""

from django.db import models

from videos.models.style_columns import (
    choice_column,
    colour_column,
    flag_column,
    number_column,
)
from videos.render.options import OPTIONS, StyleOptions


class FilmStyle(models.Model):
    """How a film is to look and sound."""

    format = choice_column("format", max_length=5)
    look = choice_column("look", max_length=10)
    resolution = number_column("resolution")
    fps = number_column("fps")
    sound = choice_column("sound", max_length=10)
    section_tags = flag_column("section_tags")
    section_language = choice_column("section_language", max_length=10, has_db_default=True)
    typeface = choice_column("typeface", max_length=10, has_db_default=True)
    text_size = choice_column("text_size", max_length=1, has_db_default=True)
    accent = colour_column("accent")
    second_accent = colour_column("second_accent")
    hide_title = flag_column("hide_title", has_db_default=True)
    hide_signature = flag_column("hide_signature", has_db_default=True)
    hide_bars = flag_column("hide_bars", has_db_default=True)
    hide_timeline = flag_column("hide_timeline", has_db_default=True)
    hide_clock = flag_column("hide_clock", has_db_default=True)
    hide_site = flag_column("hide_site", has_db_default=True)

    class Meta:
        abstract = True

    @property
    def style(self) -> StyleOptions:
        """How the film is to look and sound."""
        return StyleOptions.parse({option.name: getattr(self, option.name) for option in OPTIONS})
