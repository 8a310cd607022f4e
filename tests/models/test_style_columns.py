"""Columns for the options of a film."""

import pytest

from videos.models import Video
from videos.models.style_columns import choice_column, colour_column, flag_column, number_column
from videos.render.options import OPTIONS


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_a_video_has_each_option_with_its_default_and_choices(option):
    column = Video._meta.get_field(option.name)
    assert column.default == option.plain_default
    values = [value for value, _label in column.choices or ()]
    assert values == [value for value, _label in option.choices]


def test_each_kind_of_option_has_its_kind_of_column():
    assert choice_column("look", 10).max_length == 10
    assert number_column("resolution").get_internal_type() == "PositiveSmallIntegerField"
    flag = next(option for option in OPTIONS if option.is_flag)
    assert flag_column(flag.name).help_text == flag.description


def test_a_newer_column_has_its_default_in_the_database():
    assert colour_column("accent").db_default == ""
    assert choice_column("text_size", 1, has_db_default=True).db_default == "M"
    assert flag_column("hide_clock", has_db_default=True).db_default is False
