"""The kinds of values that requests are made of, and how a code of an answer is described."""

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

T = TypeVar("T")

MAX_LINE_LENGTH = 50  # characters
URL = (
    r"^[hH][tT][tT][pP][sS]?://"
    r"(?:[^\x00-\x20\x7f-\xa0/?#@\\\[\]]*@)?"  # a log-in, with which nobody is ever called back
    r"(?:[^\x00-\x20\x7f-\xa0/?#@:\\\[\]]+|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])?)?"
    r"(?:[/?#][^\x00-\x20\x7f-\xa0]*)?$"
)
"""An absolute address of the web: letters of every script are taken, too."""


SUCCESS = "Success - Request has been processed successfully"
MEANINGS = {
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


def sound(text: str) -> str:
    """Return ``text``; raises ``ValueError`` for what no database takes."""
    if "\0" in text:
        raise ValueError("it holds a NUL character.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValueError("it holds half of a surrogate pair.") from error
    return text


STORABLE: dict[str, JsonValue] = {"pattern": "^[^\\x00]*$"}
"""What a schema can say of what :func:`sound` wants."""

Text = Annotated[StrictStr, Field(json_schema_extra=STORABLE), AfterValidator(sound)]
Id = Annotated[StrictStr, Field(min_length=1, json_schema_extra=STORABLE), AfterValidator(sound)]
Line = Annotated[
    StrictStr,
    Field(max_length=MAX_LINE_LENGTH, json_schema_extra=STORABLE),
    AfterValidator(sound),
]
Url = Annotated[
    StrictStr,
    Field(max_length=MAX_URL_LENGTH, pattern=URL, json_schema_extra={"format": "uri"}),
    AfterValidator(sound),
]
FetchedUrl = Annotated[
    Url, Field(json_schema_extra={"format": "uri", "pattern": URL.replace("[sS]?", "[sS]", 1)})
]
"""One that we fetch from: by https, but for hosts that an operator lists."""


class RequestBody(BaseModel):
    """The body of a request: unknown fields are ignored, and null is as good as left out."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def without_nulls(cls, data: object) -> object:
        """Leave out what is null: programs write their unset values so."""
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None}


def coded(codes: Iterable[int], meanings: Mapping[int, str] = MEANINGS) -> Any:  # noqa: ANN401
    """Return the field ``code`` of an answer, with the meaning of each that there may be."""
    lines = (f"- **{code}**: {meanings[code]}" for code in codes)
    return Field(
        description="Response status code\n\n" + "\n\n".join(lines),
        json_schema_extra={"enum": list(codes), "example": 200},
    )


def message() -> Any:  # noqa: ANN401 - as pydantic's own
    """Return the field ``msg`` or ``message`` of an answer."""
    return Field(
        description="Error message when code != 200", json_schema_extra={"example": "success"}
    )


def maybe(**said: Any) -> Any:  # noqa: ANN401 - as pydantic's own
    """Return a field of an answer that is left out where it does not apply."""
    return Field(default_factory=dict, **said)


def among(values: Iterable[T]) -> AfterValidator:
    """Return a validator that a value is one of ``values``."""
    allowed = list(values)

    def check(value: T) -> T:
        if value not in allowed:
            raise ValueError(f"it is none of {', '.join(map(str, allowed))}.")
        return value

    return AfterValidator(check)


def enum(values: Iterable[str]) -> Any:  # noqa: ANN401 - as pydantic's own
    """Return what says in a schema that a text is one of ``values``."""
    return Field(json_schema_extra={"enum": list(values)})

