"""What is ours beside the vendors' contract: bringing songs, and looking after videos."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from videos.api.schemas.fields import FetchedUrl, RequestBody, Text, coded, maybe, message
from videos.api.schemas.suno import VideoDetails

LONGEST_TITLE, LONGEST_TAGS, LONGEST_LYRICS = 200, 1000, 100_000
LONGEST = {"title": LONGEST_TITLE, "tags": LONGEST_TAGS, "lyrics": LONGEST_LYRICS}
"""Characters of a song's texts."""


class FetchSong(RequestBody):
    """A song that is to be fetched from an address."""

    audio_url: FetchedUrl = Field(
        alias="audioUrl",
        description="Where the audio is, by https. It is fetched afterwards: the task is PENDING "
        "until then.",
        json_schema_extra={"example": "https://files.example.com/song.mp3"},
    )
    image_url: FetchedUrl = Field(
        default_factory=str, alias="imageUrl", description="Where the cover is, by https"
    )
    lyrics: Annotated[Text, Field(max_length=LONGEST_LYRICS)] = Field(
        "", description="LRC, WebVTT, SRT or plain text"
    )
    title: Annotated[Text, Field(max_length=LONGEST_TITLE)] = Field("", description="Title")
    tags: Annotated[Text, Field(max_length=LONGEST_TAGS)] = Field("", description="Style and mood")


class SongIds(Schema):
    """What a film of the song is ordered with."""

    task_id: str = Field(alias="taskId", description="Task ID")
    audio_id: str = Field(alias="audioId", description="Audio ID")


class SongCreated(Schema):
    """The answer to a song."""

    code: int = coded((200, 400, 401, 402, 422, 429, 455, 500))
    msg: str = message()
    data: SongIds = maybe()


class ListedVideo(VideoDetails):
    """A video of the list."""

    title: str = Field(description="Title of the song")
    format: str = Field(description="Shape of the film")
    look: str = Field(description="Look of the film")
    provider: str = Field(description="Who makes it")


class VideoPage(Schema):
    """Some videos, the newest first."""

    videos: list[ListedVideo]
    next: str = Field(description="Cursor of the page after this one; empty on the last")


class VideosAnswer(Schema):
    """The answer to a question for videos."""

    code: int = coded((200, 401, 404, 422, 455, 500))
    msg: str = message()
    data: VideoPage = maybe()


class DoneAnswer(Schema):
    """The answer to something that was done."""

    code: int = coded((200, 401, 404, 422, 455, 500))
    msg: str = message()


UPLOAD = {
    "type": "object",
    "required": ["audio"],
    "properties": {
        "audio": {
            "type": "string",
            "format": "binary",
            "description": "MP3, WAV, FLAC, M4A, OGG or Opus",
        },
        "cover": {"type": "string", "format": "binary", "description": "JPEG, PNG or WebP"},
        "lyrics": {
            "type": "string",
            "maxLength": LONGEST_LYRICS,
            "description": "LRC, WebVTT, SRT or plain text, as a text or as a file",
        },
        "title": {"type": "string", "maxLength": LONGEST_TITLE},
        "tags": {"type": "string", "maxLength": LONGEST_TAGS},
    },
}
"""The fields of an upload (multipart/form-data)."""
