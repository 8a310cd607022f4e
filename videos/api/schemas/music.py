"""Schemas of songs, as Apikley, kie.ai and sunoapi.org have them: details, lyrics and credits."""

from ninja import Schema
from pydantic import Field

from videos.api.schemas.fields import Id, RequestBody, code_field, message_field, optional_field
from videos.statuses import MusicStatus

CODES = (200, 401, 404, 422, 429, 451, 455, 500)


class SunoData(Schema):
    """One track."""

    id: str = Field(description="Audio unique identifier (audioId)")
    audio_url: str = Field(alias="audioUrl", description="Audio file URL")
    stream_audio_url: str = Field(alias="streamAudioUrl", description="Streaming audio URL")
    image_url: str = Field(alias="imageUrl", description="Cover image URL")
    prompt: str = Field(description="Generation prompt/lyrics")
    model_name: str = Field(alias="modelName", description="Model name used")
    title: str = Field(description="Music title")
    tags: str = Field(description="Music tags")
    create_time: str = Field(
        alias="createTime", description="Creation time", json_schema_extra={"format": "date-time"}
    )
    duration: float = Field(description="Audio duration (seconds)")


class Tracks(Schema):
    """The tracks of a task."""

    task_id: str = Field(alias="taskId", description="Task ID")
    suno_data: list[SunoData] = Field(alias="sunoData")


class MusicDetails(Schema):
    """How a song stands. What does not apply is left out."""

    task_id: str = Field(alias="taskId", description="Task ID")
    parent_music_id: str = Field(
        alias="parentMusicId", description="Parent music ID (only valid when extending music)"
    )
    param: str = Field(description="Parameter information for task generation")
    response: Tracks = optional_field()
    warnings: list[str] = optional_field(
        description="What of the sound is missing: a sentence each. Absent without such; only here"
    )
    status: str = Field(
        description="Task status", json_schema_extra={"enum": list(MusicStatus.values)}
    )
    type: str = optional_field(
        description="Task type", json_schema_extra={"enum": ["chirp-v3-5", "chirp-v4"]}
    )
    operation_type: str = Field(
        alias="operationType",
        description="Operation Type\n\n"
        "- `generate`: Generate Music - Create new music works using AI model\n"
        "- `extend`: Extend Music - Extend or modify existing music works\n"
        "- `upload_cover`: Upload And Cover Audio - Create new music works based on uploaded "
        "audio files; also what was uploaded here\n"
        "- `upload_extend`: Upload And Extend Audio - Extend or modify music works based on "
        "uploaded audio files",
        json_schema_extra={"enum": ["generate", "extend", "upload_cover", "upload_extend"]},
    )
    error_code: int = optional_field(
        alias="errorCode",
        description="Error code\n\n"
        "- **400**: Validation Error - Lyrics contained copyrighted material.\n"
        "- **408**: Rate Limited - Timeout; also audio that could not be fetched.\n"
        "- **413**: Conflict - Uploaded audio matches existing work of art.",
        json_schema_extra={"enum": [400, 408, 413], "format": "int32"},
    )
    error_message: str = optional_field(alias="errorMessage", description="Error message")


class MusicAnswer(Schema):
    """The answer to a question about a song."""

    code: int = code_field(CODES)
    msg: str = message_field()
    data: MusicDetails = optional_field()


class GetTimestampedLyrics(RequestBody):
    """Of which track the words are wanted."""

    task_id: Id = Field(alias="taskId", description="The task ID of the music generation task")
    audio_id: Id = Field(alias="audioId", description="The audio ID of the specific track")


class AlignedWord(Schema):
    """A word, and when it is sung."""

    word: str = Field(description="Word; it may hold section tags and line breaks")
    success: bool = Field(description="Whether the word was successfully aligned")
    start_s: float = Field(alias="startS", description="Word start time in seconds")
    end_s: float = Field(alias="endS", description="Word end time in seconds")
    palign: float = Field(description="Alignment parameter")


class Words(Schema):
    """The words of a track."""

    aligned_words: list[AlignedWord] = Field(
        alias="alignedWords", description="List of aligned lyrics words"
    )
    waveform_data: list[float] = Field(
        alias="waveformData", description="Waveform data for audio visualization; always empty"
    )
    hoot_cer: float = Field(alias="hootCer", description="Lyrics alignment accuracy score")
    is_streamed: bool = Field(alias="isStreamed", description="Whether it's streaming audio")


class WordsAnswer(Schema):
    """The answer to a question for words."""

    code: int = code_field((200, 400, 401, 404, 422, 455, 500))
    msg: str = message_field()
    data: Words = optional_field()


class CreditAnswer(Schema):
    """How many videos may be ordered now."""

    code: int = code_field((200, 401, 422, 455, 500))
    msg: str = message_field()
    data: int = optional_field(
        description="Remaining credits: the videos that may be ordered now, each of which takes "
        "one until it is finished",
        json_schema_extra={"example": 100},
    )
