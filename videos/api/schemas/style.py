"""The options of a film as fields of a request, made from their declarations."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, JsonValue, StrictBool, StrictInt, StrictStr, create_model
from pydantic.alias_generators import to_camel

from videos.api.schemas.fields import Colour, enum_schema, one_of
from videos.render.options import OPTIONS, Option, StyleOptions

T = TypeVar("T", bound=BaseModel)


def with_style_options(body: type[T]) -> type[T]:
    """Add the options of a film to the fields of a request body (a class decorator)."""
    options: dict[str, Any] = {
        option.name: (_field_type(option), _field_info(option)) for option in OPTIONS
    }
    extended: type[T] = create_model(
        body.__name__, __base__=body, __module__=body.__module__, __doc__=body.__doc__, **options
    )
    return extended


def style_of(body: BaseModel) -> StyleOptions:
    """Return the options in a request body."""
    return StyleOptions.parse({option.name: getattr(body, option.name) for option in OPTIONS})


def _field_type(option: Option) -> Any:  # noqa: ANN401 - a type for pydantic, made at run time
    if option.is_flag:
        return StrictBool
    if option.is_colour:
        return Colour
    values: list[JsonValue] = [value for value, _label in option.choices]
    kind = StrictInt if isinstance(option.plain_default, int) else StrictStr
    return Annotated[kind, one_of(values), enum_schema(values)]


def _field_info(option: Option) -> Any:  # noqa: ANN401 - as pydantic's own
    return Field(
        option.plain_default,
        alias=to_camel(option.name),
        description=f"{option.description} Only the built-in renderer heeds it.",
    )
