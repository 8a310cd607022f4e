"""The options of a film as fields of a request."""

import pytest
from pydantic import ValidationError

from videos.api.schemas.fields import RequestBody
from videos.api.schemas.style import style_of, with_style_options
from videos.render.options import OPTIONS, StyleOptions


@with_style_options
class Order(RequestBody):
    """An order."""

    title: str = ""


def test_each_option_is_a_field_with_its_default():
    assert {"title", *(option.name for option in OPTIONS)} == set(Order.model_fields)
    assert style_of(Order()) == StyleOptions()
    assert Order.__doc__ == "An order."


def test_options_are_read_by_the_names_of_the_wire():
    order = Order.model_validate({"format": "9:16", "look": "wave", "resolution": 1080})
    assert style_of(order).values() | {"format": "9:16", "look": "wave", "resolution": 1080} == (
        style_of(order).values()
    )


@pytest.mark.parametrize(
    "fields",
    [{"format": "4:3"}, {"resolution": "720"}, {"look": None, "format": 1}, {"accent": "red"}],
)
def test_a_value_that_an_option_does_not_have_is_refused(fields):
    with pytest.raises(ValidationError):
        Order.model_validate(fields)
