"""Types of request fields, and the fields that all responses share."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StrictStr,
    model_validator,
)

from videos.models.webhook_delivery import MAX_URL_LENGTH
from videos.render.clips import parse_clip
from videos.render.clips.clip import CLIP_PATTERN
from videos.render.styles.colours import COLOUR_PATTERN, parse_colour

T = TypeVar("T")

MAX_LINE_LENGTH, MAX_LYRICS_LENGTH = 50, 100_000  # characters
# An absolute http or https address; letters of every script are allowed
URL = (
    r"^[hH][tT][tT][pP][sS]?://"
    r"(?:[^\x00-\x20\x7f-\xa0/?#@\\\[\]]*@)?"  # credentials, with which no webhook is ever sent
    r"(?:[^\x00-\x20\x7f-\xa0/?#@:\\\[\]]+|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])?)?"
    r"(?:[/?#][^\x00-\x20\x7f-\xa0]*)?$"
)

SUCCESS = "Success - Request has been processed successfully"
CODE_MEANINGS = {
    200: SUCCESS,
    400: "Format Error - The parameter is not in a valid JSON format",
    401: "Unauthorized - Authentication credentials are missing or invalid",
    402: "Insufficient Credits - Account does not have enough credits to perform the operation",
    404: "Not Found - The requested resource or endpoint does not exist",
    409: "Conflict - The record already exists",
    422: "Validation Error - The request parameters failed validation checks",
    429: "Rate Limited - Request limit has been exceeded for this resource",
    451: "Unauthorized - Failed to fetch the image. Kindly verify any access limits set by you or "
    "your service provider.",
    455: "Service Unavailable - System is currently undergoing maintenance",
    500: "Server Error - An unexpected error occurred while processing the request",
    501: "Generation Failed - Content generation task failed",
    505: "Feature Disabled - The requested feature is currently disabled",
}


def check_storable(text: str) -> str:
    """Return ``text``; raises ``ValueError`` for characters that no database stores."""
    if "\0" in text:
        raise ValueError("it holds a NUL character.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValueError("it holds half of a surrogate pair.") from error
    return text


def check_clip(text: str) -> str:
    """Return ``text``; raises ``ValueError`` where it names no clip."""
    parse_clip(text)
    return text


# The part of ``check_storable`` that a schema can express
STORABLE: dict[str, JsonValue] = {"pattern": "^[^\\x00]*$"}

Text = Annotated[StrictStr, Field(json_schema_extra=STORABLE), AfterValidator(check_storable)]
Id = Annotated[
    StrictStr, Field(min_length=1, json_schema_extra=STORABLE), AfterValidator(check_storable)
]
Line = Annotated[
    StrictStr,
    Field(max_length=MAX_LINE_LENGTH, json_schema_extra=STORABLE),
    AfterValidator(check_storable),
]
Url = Annotated[
    StrictStr,
    Field(max_length=MAX_URL_LENGTH, pattern=URL, json_schema_extra={"format": "uri"}),
    AfterValidator(check_storable),
]
ClipText = Annotated[
    StrictStr,
    Field(json_schema_extra={"pattern": CLIP_PATTERN}),
    AfterValidator(check_clip),
]
Colour = Annotated[
    StrictStr,
    Field(json_schema_extra={"pattern": COLOUR_PATTERN}),
    AfterValidator(parse_colour),
]
# An address that we download from: by https, except for hosts that an operator lists
FetchedUrl = Annotated[
    Url, Field(json_schema_extra={"format": "uri", "pattern": URL.replace("[sS]?", "[sS]", 1)})
]


class RequestBody(BaseModel):
    """The body of a request: unknown fields are ignored, and null means the same as absent."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def drop_nulls(cls, data: object) -> object:
        """Remove the fields that are null: many programs send unset values so."""
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None}


def code_field(codes: Iterable[int], meanings: Mapping[int, str] = CODE_MEANINGS) -> Any:  # noqa: ANN401
    """Return the field ``code`` of a response, with the meaning of each possible code."""
    lines = (f"- **{code}**: {meanings[code]}" for code in codes)
    return Field(
        description="Response status code\n\n" + "\n\n".join(lines),
        json_schema_extra={"enum": list(codes), "example": 200},
    )


def message_field() -> Any:  # noqa: ANN401 - as pydantic's own
    """Return the field ``msg`` or ``message`` of a response."""
    return Field(
        description="Error message when code != 200", json_schema_extra={"example": "success"}
    )


def optional_field(**options: Any) -> Any:  # noqa: ANN401 - as pydantic's own
    """Return a field of a response that is left out where it does not apply."""
    return Field(default_factory=dict, **options)


def one_of(values: Iterable[T]) -> AfterValidator:
    """Return a validator which checks that a value is one of ``values``."""
    allowed = list(values)

    def check(value: T) -> T:
        if value not in allowed:
            raise ValueError(f"it is none of {', '.join(map(str, allowed))}.")
        return value

    return AfterValidator(check)


def enum_schema(values: Iterable[JsonValue]) -> Any:  # noqa: ANN401 - as pydantic's own
    """Return the part of a schema that lists the ``values`` of a field."""
    return Field(json_schema_extra={"enum": list(values)})
