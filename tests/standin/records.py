"""The stand-in's music tasks and video tasks, as JSON of each family."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from tests.standin.dialect import Dialect, Json, now
from tests.standin.variants import Variant

LYRICS = "[Verse]\nThe lamps are lit along the shore\n[Chorus]\nLet the lanterns go"


@dataclass
class Song:
    """A music task at the vendor."""

    base: str  # the address of the server that has its files
    status: str = "SUCCESS"
    audio_ids: list[str] = field(default_factory=lambda: [str(uuid.uuid4()), str(uuid.uuid4())])
    task_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    title: str = "Harbour Lights"
    created: datetime = field(default_factory=now)

    def suno(self, dialect: Dialect) -> Json:
        """Return ``data`` of ``GET /api/v1/generate/record-info``."""
        has_tracks = self.status in {"SUCCESS", "FIRST_SUCCESS", "CALLBACK_EXCEPTION"}
        ids = self.audio_ids[:1] if self.status == "FIRST_SUCCESS" else self.audio_ids
        songs = [self._track(audio_id, n, dialect) for n, audio_id in enumerate(ids)]
        param = {"prompt": "A calm piano track", "customMode": True, "model": "V4_5"}
        return {
            "taskId": self.task_id,
            "parentMusicId": "",
            "param": json.dumps(param),
            "response": {"taskId": self.task_id, "sunoData": songs} if has_tracks else None,
            "status": self.status,
            "type": "GENERATE",
            "operationType": "generate",
            "errorCode": 400 if self.status == "SENSITIVE_WORD_ERROR" else None,
            "errorMessage": "Lyrics contained copyrighted material."
            if self.status == "SENSITIVE_WORD_ERROR"
            else None,
        }

    def _track(self, audio_id: str, n: int, dialect: Dialect) -> Json:
        return {
            "id": audio_id,
            "audioUrl": f"{self.base}/files/song.wav",
            "streamAudioUrl": f"{self.base}/files/song.wav",
            "imageUrl": f"{self.base}/files/cover.jpg",
            "prompt": LYRICS,
            "modelName": "chirp-v4-5",
            "title": self.title if n == 0 else f"{self.title} (take {n + 1})",
            "tags": "piano, calm",
            "createTime": dialect.format_time(self.created),
            "duration": 198.44 if n else 1.0,
        }

    def crun(self) -> Json:
        """Return ``data`` of Crun's ``TaskInfo`` for a music task."""
        done = self.status == "SUCCESS"
        songs = [
            {
                "suno_id": audio_id,
                "title": self.title,
                "suno_audio_url": f"{self.base}/files/song.wav",
                "suno_image_url": f"{self.base}/files/cover.jpg",
                "suno_image_large_url": f"{self.base}/files/cover.jpg",
                "duration": 1.0,
            }
            for audio_id in self.audio_ids
        ]
        return {
            "task_id": self.task_id,
            "provider": "suno",
            "model_version": "V4_5",
            "status": "success" if done else "running",
            "param": {"prompt": "A calm piano track"},
            "create_at": int(self.created.timestamp()),
            "complete_at": int(now().timestamp()) if done else None,
            "result": {"suno_data": songs} if done else None,
        }


@dataclass
class Film:
    """A video task at the vendor."""

    music_id: str
    audio_id: str
    callback_url: str
    author: str
    domain_name: str
    task_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    flag: str = "PENDING"
    url: str = ""
    message: str = ""
    created: datetime = field(default_factory=now)
    completed: datetime | None = None
    variant: Variant | None = None  # a row of the table of spellings, which wins over ``flag``

    def suno(self, dialect: Dialect) -> Json:
        """Return ``data`` of ``GET /api/v1/mp4/record-info``."""
        record: Json = {
            "taskId": self.task_id,
            "musicId": self.music_id,
            "callbackUrl": self.callback_url,
            "completeTime": dialect.format_time(self.completed),
            "response": {"videoUrl": self.url} if self.url else None,
            "successFlag": self.flag,
            "createTime": dialect.format_time(self.created),
            "errorCode": 500 if self.message else None,
            "errorMessage": self.message or None,
        }
        if self.variant:
            record |= {
                "successFlag": self.variant.word,
                "errorCode": self.variant.code,
                "errorMessage": self.variant.message or None,
            }
        if dialect.audio_id != "absent":
            record["audioId"] = 4711 if dialect.audio_id == "integer" else self.audio_id
        if dialect.music_index:
            record["musicIndex"] = 0
        if not self.url and dialect.no_response != "null":
            del record["response"]
            record |= {"response": {}} if dialect.no_response == "empty" else {}
        return record

    def crun(self) -> Json:
        """Return ``data`` of Crun's ``TaskInfo``, which is also its callback."""
        statuses = {"PENDING": "running", "SUCCESS": "Success", "GENERATE_MP4_FAILED": "failed"}
        result: Json | None = None
        if self.url:
            result = {"media_urls": [self.url]}
        elif self.message:
            result = {"code": 501, "message": self.message}
        elif self.variant and (self.variant.code or self.variant.message):
            result = {"code": self.variant.code, "message": self.variant.message}
        status = statuses.get(self.flag, "error")
        return {
            "task_id": self.task_id,
            "provider": "suno",
            "model_version": "music-video",
            "status": self.variant.word if self.variant else status,
            "param": {"task_id": self.music_id, "suno_id": self.audio_id},
            "create_at": int(self.created.timestamp()),
            "complete_at": int(self.completed.timestamp()) if self.completed else None,
            "duration_s": 61,
            "source": "api",
            "credits": 2,
            "callback_url": self.callback_url,
            "result": result,
        }

    def callback(self, family: str) -> Json:
        """Return the body of the callback."""
        if family == "crun":
            return self.crun()
        failed = self.flag != "SUCCESS"
        return {
            "code": 500 if failed else 200,
            "msg": self.message or "success",
            "data": {"task_id": self.task_id, "video_url": self.url or None},
        }


# The aligned words of every song
ALIGNED_WORDS = [
    {"word": "[Verse]\nThe ", "success": True, "startS": 0.1, "endS": 0.2, "palign": 0},
    {"word": "lamps ", "success": True, "startS": 0.2, "endS": 0.4, "palign": 0},
    {"word": "are ", "success": True, "startS": 0.4, "endS": 0.5, "palign": 0},
    {"word": "lit\n", "success": True, "startS": 0.5, "endS": 0.9, "palign": 0},
]
