"""Bad requests with the responses to them: hand-picked ones, and generated ones.

Each is ``(method, path, body, code, word)``: the code of the response, and a word in its message,
which is the name of the field where one is wrong. ``TASK`` and ``TRACK`` stand for real ids.
"""

import json
from collections.abc import Iterator
from typing import Any

Case = tuple[str, str, str | bytes | None, int, str]

GENERATE, LYRICS = "/api/v1/mp4/generate", "/api/v1/generate/get-timestamped-lyrics"
CREATE, SONGS = "/api/v1/client/job/CreateTask", "/api/v1/songs"
VIDEO, MUSIC = "/api/v1/mp4/record-info", "/api/v1/generate/record-info"
ESTIMATE, ESTIMATE_TASK = "/api/v1/client/job/estimate-credits", "/api/v1/client/job/EstimateTask"
INFO, VIDEOS = "/api/v1/client/job/TaskInfo", "/api/v1/videos"

ORDER: dict[str, Any] = {"taskId": "TASK", "audioId": "TRACK", "callBackUrl": "https://a.example"}
CRUN: dict[str, Any] = {
    "model": "suno/music-video",
    "input": {"task_id": "TASK", "suno_id": "TRACK"},
}
FETCH: dict[str, Any] = {"audioUrl": "https://files.example.com/a.mp3"}
BODIES: dict[str, dict[str, Any]] = {
    GENERATE: ORDER,
    LYRICS: {"taskId": "TASK", "audioId": "TRACK"},
    CREATE: CRUN,
    ESTIMATE: CRUN,
    ESTIMATE_TASK: CRUN,
    SONGS: FETCH,
}
REQUIRED = {
    GENERATE: ("taskId", "audioId", "callBackUrl"),
    LYRICS: ("taskId", "audioId"),
    CREATE: ("model", "input"),
    ESTIMATE: ("model", "input"),
    ESTIMATE_TASK: ("model", "input"),
    SONGS: ("audioUrl",),
}
OPTIONAL = {
    GENERATE: ("author", "domainName", "format", "look", "provider"),
    CREATE: ("callback_url",),
    SONGS: ("imageUrl", "title", "tags", "lyrics"),
}

NO_JSON: list[str | bytes] = [
    "",
    " ",
    "no JSON",
    "{",
    "}",
    '{"taskId": }',
    '{"taskId": "x",}',
    "{'taskId': 'x'}",
    '{"taskId": "x"} {}',
    '{"taskId": NaN}',
    '{"taskId": Infinity}',
    '{"taskId": -Infinity}',
    '{"taskId": undefined}',
    '{"taskId": "a\nb"}',
    '{"taskId": "a\\x"}',
    '{"taskId": 0x1}',
    '{"taskId": 01}',
    '{"a": ' + "9" * 5000 + "}",
    "[" * 100_000,
    '{"a":' * 100_000,
    "[" * 5000 + "]" * 5000,
    '{"a":' * 200 + "1" + "}" * 200,
    '{"a": ' + "[" * 40 + "]" * 40 + "}",
    b"\xff\xfe",
    b'{"taskId": "\xc3\x28"}',
    b"\x00\x00\x00",
    b"PK\x03\x04zip",
    "taskId=x&audioId=y",
    "<order/>",
    '{"taskId": "' + "x" * (1024 * 1024) + '"}',
    "// comment\n{}",
]
NO_OBJECT = ["[]", "null", "true", "5", '"text"', "1e999", '[{"taskId": "x"}]', "-0"]
NO_TEXT: list[Any] = [0, 1, -1, 1.5, 10**30, True, False, [], {}, ["x"], {"a": "b"}]
NOT_STORABLE = ["a\0b", "\0", "\ud800", "a\udfff", "\udc00\ud800"]
NO_IDS = ["x", "../../etc/passwd", "' OR 1=1 --", "%00", "🎶", "x" * 10_000, " ", "\u202e", "{{7}}"]
NO_ADDRESSES = ["x", "http:", "//a.example", "file:///etc/passwd", "data:,x", "https://", "http://[",
                "https://a b", "https://a:b@", "http://:80"]  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield every case."""
    yield from _bodies()
    yield from _fields()
    yield from _questions()
    yield from _odd()


def _bodies() -> Iterator[Case]:
    for path in BODIES:
        for body in NO_JSON:
            yield "POST", path, body, 400, "body"
        for body in NO_OBJECT:
            yield "POST", path, body, 422, "body"


def _fields() -> Iterator[Case]:
    for path, body in BODIES.items():
        for field in REQUIRED[path]:
            incomplete = {name: value for name, value in body.items() if name != field}
            yield "POST", path, json.dumps(incomplete), 422, field
            yield "POST", path, json.dumps(body | {field: None}), 422, field
            for value in [*NO_TEXT[:-2], ""]:
                yield "POST", path, json.dumps(body | {field: value}), 422, field
        for field in OPTIONAL.get(path, ()):
            for value in NO_TEXT:
                yield "POST", path, json.dumps(body | {field: value}), 422, field
        for field in (*REQUIRED[path], *OPTIONAL.get(path, ())):
            if field == "input":
                continue
            for value in NOT_STORABLE:
                yield "POST", path, json.dumps(body | {field: value}), 422, field
            twice = json.dumps(body)[:-1] + f', "{field}": "x", "{field}": "y"}}'
            yield "POST", path, twice, 422, field


def _questions() -> Iterator[Case]:
    for path, name in ((VIDEO, "taskId"), (MUSIC, "taskId"), (INFO, "task_id")):
        yield "GET", path, None, 422, name
        yield "GET", f"{path}?{name}=", None, 422, name
        yield "GET", f"{path}?{name.upper()}X=TASK", None, 422, name
        yield "GET", f"{path}?{name}=a%00b", None, 422, name
        for value in (
            "x",
            "%ff",
            "%ED%A0%80",
            "..%2f",
            "x" * 5000,
            "TASK%20",
            "-1",
            "%F0%9F%8E%B6",
        ):
            yield "GET", f"{path}?{name}={value}", None, 404, name
    for query in ("limit=0", "limit=-1", "limit=101", "limit=x", "limit=", "limit=1e9",
                  "limit=99999999999999999999", "limit=NaN"):  # fmt: skip
        yield "GET", f"{VIDEOS}?{query}", None, 422, "limit"
    for query in ("after=x", "after=a:b:c", "after=%ff", "after=WyJ4Il0:1:x"):
        yield "GET", f"{VIDEOS}?{query}", None, 404, "after"
    for query in ("after=%00", "after=" + "x" * 501):
        yield "GET", f"{VIDEOS}?{query}", None, 422, "after"
    for task_id in ("x", "%00", "TASK", "0" * 32, "x" * 3000, "%F0%9F%8E%B6", "1", "null"):
        yield "DELETE", f"{VIDEOS}/{task_id}", None, 404, "taskId"


def _odd() -> Iterator[Case]:
    for value in NO_IDS:
        yield "POST", GENERATE, json.dumps(ORDER | {"taskId": value}), 404, "taskId"
        yield "POST", GENERATE, json.dumps(ORDER | {"audioId": value}), 404, "audioId"
        yield "POST", LYRICS, json.dumps({"taskId": "TASK", "audioId": value}), 404, "audioId"
    for value in NO_ADDRESSES:
        yield "POST", GENERATE, json.dumps(ORDER | {"callBackUrl": value}), 422, "callBackUrl"
        yield "POST", CREATE, json.dumps(CRUN | {"callback_url": value}), 422, "callback_url"
        yield "POST", SONGS, json.dumps({"audioUrl": value}), 422, "audioUrl"
        yield "POST", SONGS, json.dumps(FETCH | {"imageUrl": value}), 422, "imageUrl"
    for field in ("author", "domainName"):
        for value in ("x" * 51, "🎶" * 51, "\u0301" * 51, "\n" * 51):
            yield "POST", GENERATE, json.dumps(ORDER | {field: value}), 422, field
    for field, value in (
        ("format", "4:3"), ("look", "GLOW"), ("provider", "suno"), ("look", ""), ("fps", "30"),
        ("resolution", 480), ("sound", "loud"), ("sectionTags", "yes"),
    ):  # fmt: skip
        yield "POST", GENERATE, json.dumps(ORDER | {field: value}), 422, field
    for field, limit in (("title", 200), ("tags", 1000), ("lyrics", 100_000)):
        yield "POST", SONGS, json.dumps(FETCH | {field: "x" * (limit + 1)}), 422, field
    for model in ("suno/music", "SUNO/MUSIC-VIDEO", "", "suno/music-video "):
        yield "POST", CREATE, json.dumps(CRUN | {"model": model}), 422, "model"
    for order_input in ({}, [], "x", {"task_id": "TASK"}, {"task_id": 1, "suno_id": "x"}):
        yield "POST", CREATE, json.dumps(CRUN | {"input": order_input}), 422, "input"
