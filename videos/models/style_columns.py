"""Columns for the options of a film, made from the declarations in ``videos.render.options``."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.render.options import OPTIONS


def choice_column(
    name: str, max_length: int, *, has_db_default: bool = False
) -> "models.CharField[str, str]":
    """Return the column of an option whose choices are words.

    A column that is newer than its table has its default in the database, too: programs of the
    version before do not know it.
    """
    return models.CharField(max_length=max_length, **_arguments(name, has_db_default))


def colour_column(name: str) -> "models.CharField[str, str]":
    """Return the column of an option that is a colour, or empty."""
    arguments = {**_arguments(name), "help_text": _description(name), "db_default": ""}
    return models.CharField(max_length=7, blank=True, **arguments)


def number_column(name: str) -> "models.PositiveSmallIntegerField[int, int]":
    """Return the column of an option whose choices are numbers."""
    return models.PositiveSmallIntegerField(**_arguments(name))


def flag_column(name: str, *, has_db_default: bool = False) -> "models.BooleanField[bool, bool]":
    """Return the column of an option that is on or off; see ``choice_column``."""
    arguments = _arguments(name, has_db_default)
    return models.BooleanField(help_text=_description(name), **arguments)


def _description(name: str) -> Any:  # noqa: ANN401 - a lazy string, as Django's own
    return _(next(option.description for option in OPTIONS if option.name == name))


def _arguments(name: str, has_db_default: bool = False) -> dict[str, Any]:
    option = next(option for option in OPTIONS if option.name == name)
    choices = [(value, _(label)) for value, label in option.choices]
    arguments = {"verbose_name": _(option.label), "default": option.plain_default}
    arguments |= {"db_default": option.plain_default} if has_db_default else {}
    return arguments | ({"choices": choices} if choices else {})
