"""Schemas of "Create Music Video" and its details, as Apikley, kie.ai and sunoapi.org have them."""

from typing import Annotated

from ninja import Schema
from pydantic import Field, JsonValue, StrictStr

from videos.api.schemas.fields import (
    CODE_MEANINGS,
    MAX_LYRICS_LENGTH,
    ClipText,
    Id,
    Line,
    RequestBody,
    Text,
    Url,
    code_field,
    enum_schema,
    message_field,
    one_of,
    optional_field,
)
from videos.api.schemas.style import with_style_options
from videos.render.backdrops.formats import MAX_PICTURES
from videos.vendors import BUILTIN, VENDORS

CODES = (200, 400, 401, 402, 404, 409, 422, 429, 455, 500)
PROVIDERS = (BUILTIN, *VENDORS)
Provider = Annotated[StrictStr, one_of(PROVIDERS), enum_schema(PROVIDERS)]
ORDER_CODE_MEANINGS = CODE_MEANINGS | {
    429: "Rate Limited - Your call frequency is too high. Please try again later.",
    500: f"{CODE_MEANINGS[500]}\n\nBuild Failed - Audio mp4 generation failed",
}
FLAGS: list[JsonValue] = ["PENDING", "SUCCESS", "CREATE_TASK_FAILED", "GENERATE_MP4_FAILED"]


@with_style_options
class CreateMusicVideo(RequestBody):
    """An order of a film; the provider and the options are ours."""

    task_id: Id = Field(
        alias="taskId",
        description="Unique identifier of the music generation task. This should be a taskId "
        "returned from `POST /api/v1/songs`, or that of a song which is known here.",
        json_schema_extra={"example": "5c79be8e0f3b4d6c9a1e2b7d8f4c6a10"},
    )
    audio_id: Id = Field(
        alias="audioId",
        description="Unique identifier of the specific audio track to visualize. This ID is "
        "returned in the callback data after music generation completes.",
        json_schema_extra={"example": "e231a6c2-4b5d-4f0e-9a3c-7d1b8cadc7dc"},
    )
    callback_url: Url = Field(
        alias="callBackUrl",
        description="The URL to receive music video generation task completion updates. Required "
        "for all music video generation requests.\n\n"
        "- System will POST task status and results to this URL when video generation completes\n"
        "- Your callback endpoint should accept POST requests with JSON payload containing the "
        "video file location\n"
        "- Alternatively, use the Get Music Video Details endpoint to poll task status",
        json_schema_extra={"example": "https://api.example.com/callback"},
    )
    author: Line = Field(
        "",
        description="Artist or creator name to display as a signature on the video cover. Maximum "
        "50 characters. This creates attribution for the music creator.",
        json_schema_extra={"example": "DJ Electronic"},
    )
    domain_name: Line = Field(
        "",
        alias="domainName",
        description="Website or brand to display as a watermark at the bottom of the video. "
        "Maximum 50 characters. Useful for promotional branding or attribution.",
        json_schema_extra={"example": "music.example.com"},
    )
    clip: ClipText = Field(
        "",
        description="The part of the song that the film shows: 15, 30 or 60 for a hook of at most "
        "so many seconds, which is proposed, or two times of the song, such as `0:34-0:52`; or "
        "`canvas` for the silent loop that Spotify shows. Empty for all of the song. "
        "Only the built-in renderer heeds it.",
        json_schema_extra={"example": "15"},
    )
    backdrop: list[Annotated[Text, Field(max_length=40)]] = Field(
        default_factory=list,
        max_length=MAX_PICTURES,
        description="For the looks stage and drift: assetIds of `POST /api/v1/assets`, of up to "
        "twelve pictures in their order or of one looping video. Empty shows the cover. Only the "
        "built-in renderer heeds it.",
    )
    logo: Annotated[Text, Field(max_length=40)] = Field(
        "",
        description="For the foot of the film: assetId of `POST /api/v1/assets`, brought with "
        "`kind` logo. Only the built-in renderer heeds it.",
    )
    translation: Annotated[Text, Field(max_length=MAX_LYRICS_LENGTH)] = Field(
        "",
        description="Lyrics that stand smaller below those of the song: with times, or as many "
        "lines. Only the built-in renderer heeds it.",
    )
    provider: Provider = Field(
        BUILTIN,
        description="Who makes the film: the built-in renderer, or a vendor that is set up here.",
    )


class TaskId(Schema):
    """The id under which a film is made."""

    task_id: str = Field(alias="taskId", description="Task ID")


class VideoCreated(Schema):
    """The answer to an order. Of a repeat, code 409, ``data.taskId`` is the film that exists."""

    code: int = code_field(CODES, ORDER_CODE_MEANINGS)
    msg: str = message_field()
    data: TaskId = optional_field()


class VideoFile(Schema):
    """Where a film is."""

    video_url: str = Field(alias="videoUrl", description="Video URL")


class VideoDetails(Schema):
    """How a film stands. What does not apply is left out."""

    task_id: str = Field(alias="taskId", description="Task ID")
    music_id: str = Field(alias="musicId", description="Music ID")
    callback_url: str = optional_field(alias="callbackUrl", description="Callback URL")
    complete_time: str = optional_field(
        alias="completeTime",
        description="Completion callback time",
        json_schema_extra={"format": "date-time"},
    )
    response: VideoFile = optional_field(description="Completion callback result")
    success_flag: str = Field(
        alias="successFlag",
        description="PENDING-Waiting for execution SUCCESS-Success "
        "CREATE_TASK_FAILED-Failed to create task GENERATE_MP4_FAILED-Failed to generate MP4",
        json_schema_extra={"enum": FLAGS},
    )
    create_time: str = Field(
        alias="createTime", description="Creation time", json_schema_extra={"format": "date-time"}
    )
    error_code: int = optional_field(
        alias="errorCode",
        description="Error code\n\n- **200**: Success - Request has been processed successfully\n\n"
        "- **500**: Internal Error - Please try again later.",
        json_schema_extra={"enum": [200, 500], "format": "int32"},
    )
    error_message: str = optional_field(alias="errorMessage", description="Error message")


class VideoAnswer(Schema):
    """The answer to a question about a film."""

    code: int = code_field(CODES)
    msg: str = message_field()
    data: VideoDetails = optional_field()
