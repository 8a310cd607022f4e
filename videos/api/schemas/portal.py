"""Schemas of our own operations beside the vendors' contract: songs and lists of videos."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from videos.api.schemas.fields import (
    MAX_LYRICS_LENGTH,
    FetchedUrl,
    RequestBody,
    Text,
    code_field,
    message_field,
    optional_field,
)
from videos.api.schemas.suno import VideoDetails
from videos.render.covers.formats import FORMAT_NAMES

MAX_TITLE_LENGTH, MAX_TAGS_LENGTH = 200, 1000  # characters
MAX_ENCODING_LENGTH = 40
MAX_LENGTHS = {
    "title": MAX_TITLE_LENGTH,
    "artist": MAX_TITLE_LENGTH,
    "encoding": MAX_ENCODING_LENGTH,
    "tags": MAX_TAGS_LENGTH,
    "lyrics": MAX_LYRICS_LENGTH,
}


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
    lyrics: Annotated[Text, Field(max_length=MAX_LYRICS_LENGTH)] = Field(
        "", description="LRC, WebVTT, SRT, TTML, ASS, SBV, JSON or plain text"
    )
    title: Annotated[Text, Field(max_length=MAX_TITLE_LENGTH)] = Field(
        "", description="Title; if empty, it is taken from the file, like all texts and the cover"
    )
    artist: Annotated[Text, Field(max_length=MAX_TITLE_LENGTH)] = Field(
        "", description="Artist; several are separated by commas"
    )
    tags: Annotated[Text, Field(max_length=MAX_TAGS_LENGTH)] = Field(
        "", description="Style and mood"
    )


class SongIds(Schema):
    """What a film of the song is ordered with."""

    task_id: str = Field(alias="taskId", description="Task ID")
    audio_id: str = Field(alias="audioId", description="Audio ID")
    warnings: list[str] = Field(
        default_factory=list,
        description="What of the sound is missing, and what of the lyrics is left out or guessed: "
        "a sentence each. Absent without such",
    )


class SongCreated(Schema):
    """The answer to a song."""

    code: int = code_field((200, 400, 401, 402, 422, 429, 455, 500))
    msg: str = message_field()
    data: SongIds = optional_field()


class AssetDetails(Schema):
    """A picture, a looping video or a logo that films can show."""

    asset_id: str = Field(alias="assetId", description="What `backdrop` or `logo` names it by")
    kind: str = Field(description="picture, loop or logo")
    width: int = Field(description="Pixels")
    height: int = Field(description="Pixels")
    duration: float | None = Field(description="Seconds of a loop; null for others")


class AssetCreated(Schema):
    """The answer to an asset."""

    code: int = code_field((200, 400, 401, 422, 429, 455, 500))
    msg: str = message_field()
    data: AssetDetails = optional_field()


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

    code: int = code_field((200, 401, 404, 422, 455, 500))
    msg: str = message_field()
    data: VideoPage = optional_field()


class DoneAnswer(Schema):
    """The answer to something that was done."""

    code: int = code_field((200, 401, 404, 422, 455, 500))
    msg: str = message_field()


# The fields of a picture, a looping video or a logo (multipart/form-data)
ASSET_UPLOAD = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": f"A {FORMAT_NAMES} picture, or an MP4, MOV or WebM video of at most 15 "
            "seconds, 1920 × 1080 pixels and 60 pictures a second; 50 MB at most",
        },
        "kind": {
            "type": "string",
            "enum": ["", "logo"],
            "description": "logo for a PNG or WebP with a transparent background that is one",
        },
    },
}

# The fields of an upload (multipart/form-data)
UPLOAD = {
    "type": "object",
    "required": ["audio"],
    "properties": {
        "audio": {
            "type": "string",
            "format": "binary",
            "description": "MP3, WAV, FLAC, M4A, OGG, Opus, AAC, AIFF or WebM",
        },
        "cover": {"type": "string", "format": "binary", "description": FORMAT_NAMES},
        "lyrics": {
            "type": "string",
            "maxLength": MAX_LYRICS_LENGTH,
            "description": "LRC, WebVTT, SRT, TTML, ASS, SBV, JSON or plain text, as a text or "
            "as a file",
        },
        "encoding": {
            "type": "string",
            "maxLength": MAX_ENCODING_LENGTH,
            "description": "Of a lyrics file that is not in Unicode, where it is not told from the "
            "text; such as cp1250, koi8-r, shift_jis",
        },
        "title": {
            "type": "string",
            "maxLength": MAX_TITLE_LENGTH,
            "description": "What is left out is taken from the file, like all texts and the cover",
        },
        "artist": {
            "type": "string",
            "maxLength": MAX_TITLE_LENGTH,
            "description": "Several are separated by commas",
        },
        "tags": {"type": "string", "maxLength": MAX_TAGS_LENGTH},
    },
}
