"""A client of the API for tests, without HTTP."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from videos.models import ApiKey, Track, User

Payload = dict[str, Any]


class Caller:
    """A program of ``owner`` with a key."""

    def __init__(self, owner: User, scopes: str = "read write") -> None:
        self.owner = owner
        self.key, self.secret = ApiKey.objects.issue(owner, "Test", ApiKey.Scopes(scopes))
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {self.secret}"}

    def send(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """Send a request; a body that is no text or bytes is sent as JSON."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        all_headers = {name.replace("_", "-"): value for name, value in headers.items()}
        content_type = all_headers.pop("Content-Type", "application/json")
        content = {"data": data, "content_type": content_type} if body is not None else {}
        return self.client.generic(method, path, headers=self.headers | all_headers, **content)

    def get(self, path: str, **query: str) -> Payload:
        return self.client.get(path, query, headers=self.headers).json()

    def post(self, path: str, body: object, **headers: str) -> Payload:
        return self.send("POST", path, body, **headers).json()

    def order(self, track: Track, **changes: object) -> Payload:
        return self.post("/api/v1/mp4/generate", order_of(track) | changes)

    def details(self, task_id: str) -> Payload:
        return self.get("/api/v1/mp4/record-info", taskId=task_id)


def order_of(track: Track) -> Payload:
    return {
        "taskId": track.music_task.task_id,
        "audioId": track.audio_id,
        "callBackUrl": "https://client.example.com/callback",
    }


def crun_order_of(track: Track, **more: str) -> Payload:
    ids = {"task_id": track.music_task.task_id, "suno_id": track.audio_id}
    return {"model": "suno/music-video", "input": ids | more}
