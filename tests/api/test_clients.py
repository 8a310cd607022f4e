"""Typical public clients of the vendors, transcribed, over real HTTP."""

import json
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
import requests

from tests.api.caller import Caller
from tests.factories import a_finished_video, a_playable_track, a_user
from videos.models import Video
from videos.statuses import VideoStatus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(live_server):
    """Return a program of a person with a song, and the address of the server."""
    caller = Caller(a_user())
    caller.track = a_playable_track(caller.owner)
    caller.url = live_server.url
    return caller


def order_body(person) -> dict[str, str]:
    track = person.track
    return {
        "taskId": track.music_task.task_id,
        "audioId": track.audio_id,
        "callBackUrl": "https://your-domain.com/callback",
    }


def finish(person) -> None:
    """Finish the ordered film."""
    done = a_finished_video(person.owner, person.track)
    film, poster, done_at = done.film.name, done.poster.name, done.completed_at
    Video.objects.exclude(pk=done.pk).update(
        status=VideoStatus.SUCCESS, film=film, poster=poster, completed_at=done_at, due_at=None
    )


class SunoAPI:
    """The client class of the vendors' quick starts, for the requests library."""

    def __init__(self, api_key: str, base_url: str) -> None:
        self.base_url = base_url + "/api/v1"
        self.headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"}

    def create_video(self, task_id: str, audio_id: str, **options: str) -> str:
        data = {"taskId": task_id, "audioId": audio_id, **options}
        url = f"{self.base_url}/mp4/generate"
        response = requests.post(url, headers=self.headers, json=data, timeout=30)
        result = response.json()
        if not response.ok or result.get("code") != 200:
            raise RuntimeError(f"Generation failed: {result.get('msg', 'Unknown error')}")
        return result["data"]["taskId"]

    def wait_for_completion(self, task_id: str, max_wait: float, pause: float) -> dict[str, Any]:
        start = time.time()
        while time.time() - start < max_wait:
            status = self.get_status(task_id)
            if status["successFlag"] == "SUCCESS":
                return status
            if status["successFlag"] in ("CREATE_TASK_FAILED", "GENERATE_MP4_FAILED"):
                raise RuntimeError(status.get("errorMessage") or "Generation failed")
            time.sleep(pause)
        raise TimeoutError("Generation timeout")

    def get_status(self, task_id: str) -> dict[str, Any]:
        url = f"{self.base_url}/mp4/record-info?taskId={task_id}"
        result = requests.get(url, headers=self.headers, timeout=30).json()
        if result.get("code") != 200:
            raise RuntimeError(f"Status check failed: {result.get('msg')}")
        return result["data"]


def test_the_class_of_the_quick_starts_works(person):
    api = SunoAPI(person.secret, person.url)
    order = order_body(person)
    task_id = api.create_video(
        order["taskId"], order["audioId"], callBackUrl=order["callBackUrl"], author="DJ"
    )
    with pytest.raises(TimeoutError):
        api.wait_for_completion(task_id, 0.5, 0.4)
    finish(person)
    time.sleep(1)
    data = api.wait_for_completion(task_id, 5, 0.5)
    with requests.get(data["response"]["videoUrl"].replace("http://testserver", person.url),
                      stream=True, timeout=30) as film:  # fmt: skip
        film.raise_for_status()
        assert next(film.iter_content(8192))[4:8] == b"ftyp"
    with pytest.raises(RuntimeError, match="already exists"):
        api.create_video(order["taskId"], order["audioId"], callBackUrl="https://x", author="DJ")


def test_its_errors_are_what_it_expects(person):
    with pytest.raises(RuntimeError, match="access permissions"):
        SunoAPI("ak_wrong", person.url).get_status("x")
    with pytest.raises(RuntimeError, match="taskId"):
        SunoAPI(person.secret, person.url).get_status("x")


def send_raw(person, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Any]:
    """Send only these headers and those that HTTP needs; return status and JSON."""
    connection = HTTPConnection(urlsplit(person.url).netloc, timeout=30)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    response = connection.getresponse()
    result = response.status, json.loads(response.read())
    connection.close()
    return result


@pytest.mark.parametrize("word", ["Bearer", "bearer", "BEARER", " Bearer ", "Bearer  "])
@pytest.mark.parametrize("header", ["Authorization", "authorization", "AUTHORIZATION"])
def test_the_word_bearer_in_any_case(person, word, header):
    result = send_raw(person, "GET", "/api/v1/chat/credit", **{header: f"{word} {person.secret} "})
    assert (result[0], result[1]["code"]) == (200, 200)


@pytest.mark.parametrize("header", ["x-api-key", "X-API-KEY", "X-Api-Key"])
def test_crun_s_header_in_any_case(person, header):
    body = {"model": "suno/music-video", "input": {"task_id": order_body(person)["taskId"],
            "suno_id": person.track.audio_id}}  # fmt: skip
    sent = json.dumps(body).encode()
    path = "/api/v1/client/job/CreateTask"
    result = send_raw(person, "POST", path, sent, **{header: person.secret, "Content-Type": "a/b"})
    assert (result[1]["code"], result[1]["message"]) == (200, "success")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON",
        "text/plain;charset=UTF-8",  # fetch() with a string and no header
        "application/x-www-form-urlencoded",  # curl -d without a header
        "",
        None,
    ],
)
def test_the_type_of_the_body_does_not_matter(person, content_type):
    headers = {"Authorization": f"Bearer {person.secret}"}
    if content_type is not None:
        headers["Content-Type"] = content_type
    body = json.dumps(order_body(person) | {"author": "Ünï"}, ensure_ascii=False).encode()
    status, result = send_raw(person, "POST", "/api/v1/mp4/generate", body, **headers)
    assert (status, result["code"]) == (200, 200)
    assert Video.objects.get().author == "Ünï"


@pytest.mark.parametrize(
    "path",
    ["/api/v1/mp4/generate", "/api/v1/mp4/generate/", "//api/v1/mp4/generate",
     "/api//v1/mp4/generate", "/api/v1/mp4/generate?x=1"],
)  # fmt: skip
def test_slashes_too_many_do_no_harm(person, path):
    body = json.dumps(order_body(person)).encode()
    status, result = send_raw(person, "POST", path, body, Authorization=f"Bearer {person.secret}")
    assert (status, result["code"]) == (200, 200)


def test_queries_in_any_order_and_with_more_in_them(person):
    task_id = person.order(person.track)["data"]["taskId"]
    for query in (
        f"taskId={task_id}&t=1760000000",
        f"_=1&taskId={task_id}&lang=en",
        urlencode([("a", "b"), ("taskId", task_id)]),
    ):
        time.sleep(0.4)
        path = f"/api/v1/mp4/record-info?{query}"
        assert (
            send_raw(person, "GET", path, Authorization=f"Bearer {person.secret}")[1]["code"] == 200
        )


def test_a_browser_s_and_a_node_s_headers_do_no_harm(person):
    node = {
        "Accept": "application/json, text/plain, */*",
        "Accept-Encoding": "gzip, deflate, br",
        "Accept-Language": "zh-CN,zh;q=0.9",
        "User-Agent": "axios/1.7.2",
        "Connection": "keep-alive",
        "sec-fetch-mode": "cors",
        "Origin": "https://app.example.com",
        "Referer": "https://app.example.com/x",
        "Cookie": "sessionid=nonsense; csrftoken=nonsense",
        "Content-Type": "application/json",
        "Authorization": f"Bearer {person.secret}",
    }
    body = json.dumps(order_body(person), indent=2).encode()
    status, result = send_raw(person, "POST", "/api/v1/mp4/generate", body, **node)
    assert (status, result["code"]) == (200, 200)


def test_the_standard_library_s_client_works(person):
    request = Request(
        f"{person.url}/api/v1/mp4/generate",
        data=json.dumps(order_body(person) | {"author": None, "domainName": None}).encode(),
        headers={"Authorization": f"Bearer {person.secret}", "Content-Type": "application/json"},
    )
    with urlopen(request, timeout=30) as response:
        assert json.load(response)["code"] == 200


def test_a_program_of_crun_s_works_to_the_end(person):
    session = requests.Session()
    session.headers["x-api-key"] = person.secret
    track = person.track
    created = session.post(
        f"{person.url}/api/v1/client/job/CreateTask",
        json={"model": "suno/music-video",
              "input": {"task_id": track.music_task.task_id, "suno_id": track.audio_id,
                        "author": "A", "brand": "b.example"}},
        timeout=30,
    ).json()  # fmt: skip
    assert created["message"] == "success"
    query = {"task_id": created["data"]["task_id"]}
    info = f"{person.url}/api/v1/client/job/TaskInfo"
    assert session.get(info, params=query, timeout=30).json()["data"]["status"] == "pending"
    finish(person)
    data = session.get(info, params=query, timeout=30).json()["data"]
    assert data["status"] == "success"
    assert data["result"]["media_urls"][0].endswith(".mp4")
