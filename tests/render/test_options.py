"""The declarations of a film's options: values, defaults, choices."""

import pytest

from videos.render.options import OPTIONS, Look, Resolution, Sound, StyleOptions, VideoFormat


def test_plain_values_come_back_as_options() -> None:
    options = StyleOptions(format=VideoFormat.TALL, resolution=Resolution.FULL_HD)
    assert StyleOptions.parse(options.values()) == options
    assert options.values()["resolution"] == 1080


def test_what_is_missing_has_its_default_and_what_is_unknown_is_ignored() -> None:
    assert StyleOptions.parse({"look": "wave", "weather": "rain"}) == StyleOptions(look=Look.WAVE)


@pytest.mark.parametrize(
    ("name", "value"),
    [("look", "sketch"), ("resolution", 721), ("section_tags", "yes"), ("accent", "red")],
)
def test_a_value_that_an_option_does_not_have_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=str(value)):
        StyleOptions.parse({name: value})


def test_only_options_that_are_not_at_their_default_are_changed() -> None:
    assert StyleOptions().changed() == {}
    changed = StyleOptions(sound=Sound.SOURCE, section_tags=False).changed()
    assert changed == {"sound": "source", "section_tags": False}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_each_option_says_what_it_is_and_labels_its_choices(option) -> None:
    assert option.label
    assert option.description
    values = [value for value, _label in option.choices]
    assert option.is_flag or option.is_colour or option.plain_default in values
    assert all(label for _value, label in option.choices)
