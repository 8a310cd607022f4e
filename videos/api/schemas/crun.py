"""Schemas of Crun's "Suno API: Generate Music Video" and "Get Suno Task Info"."""

from typing import Annotated

from ninja import Schema
from pydantic import Field, StrictStr

from videos.api.schemas.fields import (
    Id,
    Line,
    RequestBody,
    Url,
    code_field,
    enum_schema,
    message_field,
    one_of,
    optional_field,
)

CODES = (200, 400, 401, 402, 404, 409, 422, 429, 455, 500, 501, 505)
ESTIMATE_CODES = (200, 400, 401, 422, 455, 500)
MODEL = "suno/music-video"
Model = Annotated[StrictStr, one_of([MODEL]), enum_schema([MODEL])]


class MusicVideoInput(RequestBody):
    """The track, and what is written on its film."""

    task_id: Id = Field(description="A completed Suno music task")
    suno_id: Id = Field(description="The music item within that task")
    author: Line = Field("", description="Signature on the cover, 50 characters at most")
    brand: Line = Field("", description="Watermark at the bottom, 50 characters at most")


class CreateTask(RequestBody):
    """An order."""

    model: Model = Field(
        description="The model name to use for generation. Required field.\n\n"
        "- Must be `suno/music-video` for this endpoint",
    )
    input: MusicVideoInput = Field(
        description="Input parameters for generating a music video based on an existing Suno music "
        "task.\n\nRules:\n\n"
        "- `task_id` is required and must reference a completed Suno music task.\n"
        "- `suno_id` is required and must reference the music item within that task."
    )
    callback_url: Url = Field(
        default_factory=str,
        description="Optional. Callback URL for receiving task completion notifications.\n\n"
        "- System will POST task status and results to this URL when generation completes\n"
        "- Callback payloads structure is consistent with the `data` object returned by the task "
        "status query\n"
        "- Your callback endpoint should accept POST requests with JSON payload containing "
        "results\n"
        "- It returns an HTTP 200 status code upon successful receipt",
        json_schema_extra={"example": "https://your-domain.com/api/callback"},
    )


class EstimateTask(RequestBody):
    """An order whose price is asked; it is not placed."""

    model: Model = Field(description="The model name, as for CreateTask")
    input: MusicVideoInput = Field(description="The input, as for CreateTask")


class Estimate(Schema):
    """The price of an order."""

    credits: int = Field(
        description="Credits that the order takes of the balance, until its film is finished"
    )
    estimated: bool = Field(description="Whether the price may turn out otherwise; never here")


class EstimateAnswer(Schema):
    """The answer to a question for the price of an order."""

    code: int = code_field(ESTIMATE_CODES)
    message: str = message_field()
    data: Estimate = optional_field()


class Affordability(Schema):
    """The price of an order, beside what is left."""

    estimated_credits: int = Field(
        description="Credits that the order takes of the balance, until its film is finished"
    )
    balance: int = Field(description="The videos that may be ordered now")
    affordable: bool = Field(description="Whether the order would be taken now")


class AffordabilityAnswer(Schema):
    """The answer to a question whether an order can be paid."""

    code: int = code_field(ESTIMATE_CODES)
    message: str = message_field()
    data: Affordability = optional_field()


class CreatedTask(Schema):
    """The id under which a film is made."""

    task_id: str = Field(description="Task ID")


class TaskCreated(Schema):
    """The answer to an order. Of a repeat, code 409, ``data.task_id`` is the film that exists."""

    code: int = code_field(CODES)
    message: str = message_field()
    data: CreatedTask = optional_field()


class TaskInfo(Schema):
    """How a film or a song stands."""

    task_id: str = Field(description="Task ID")
    provider: str = Field(description="Provider of the model")
    model_version: str = Field(description="Version of the model")
    status: str = Field(
        description="Task status",
        json_schema_extra={"enum": ["pending", "running", "success", "failed"]},
    )
    param: dict[str, object] = Field(description="What was ordered")
    create_at: int = Field(description="Creation time, in seconds since 1970")
    complete_at: int = optional_field(description="Completion time, in seconds since 1970")
    duration_s: float = optional_field(description="Duration in seconds")
    source: str = Field(description="Where the order came from")
    credits: float = Field(description="Credits that it took")
    result: dict[str, object] | None = optional_field(
        description="Null until there is one. Of a film `media_urls`, of a song `suno_data`, of a "
        "failure `code` and `message`.",
    )


class TaskAnswer(Schema):
    """The answer to a question about a task."""

    code: int = code_field(CODES)
    message: str = message_field()
    data: TaskInfo = optional_field()


class Balance(Schema):
    """What is left."""

    balance: int = Field(description="The videos that may be ordered now")


class BalanceAnswer(Schema):
    """How many videos may be ordered now."""

    code: int = code_field((200, 401, 455, 500))
    message: str = message_field()
    data: Balance = optional_field()
