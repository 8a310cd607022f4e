"""Columns for the options of a film, made from the declarations in ``videos.render.options``."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.render.options import OPTIONS


def choice_column(name: str, max_length: int, **arguments: str) -> "models.CharField[str, str]":
    """Return the column of an option whose choices are words."""
    return models.CharField(max_length=max_length, **_arguments(name), **arguments)  # type: ignore[arg-type]


def number_column(name: str) -> "models.PositiveSmallIntegerField[int, int]":
    """Return the column of an option whose choices are numbers."""
    return models.PositiveSmallIntegerField(**_arguments(name))


def flag_column(name: str) -> "models.BooleanField[bool, bool]":
    """Return the column of an option that is on or off."""
    arguments = _arguments(name)
    description = next(option.description for option in OPTIONS if option.name == name)
    return models.BooleanField(help_text=_(description), **arguments)


def _arguments(name: str) -> dict[str, Any]:
    option = next(option for option in OPTIONS if option.name == name)
    choices = [(value, _(label)) for value, label in option.choices]
    arguments = {"verbose_name": _(option.label), "default": option.plain_default}
    return arguments | ({"choices": choices} if choices else {})
