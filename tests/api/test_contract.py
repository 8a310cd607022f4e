"""Compares our responses with every field, type and enum of the vendors' documents."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.api.caller import Caller, crun_order_of, order_of
from tests.api.vendors import documents
from tests.factories import a_failed_video, a_finished_video, a_user, a_video
from videos.models import MusicTask, Track, Video
from videos.statuses import MusicStatus

SAMPLES = Path(__file__).parent.parent / "samples"
VIDEO, MUSIC = "/api/v1/mp4/record-info", "/api/v1/generate/record-info"
GENERATE, LYRICS = "/api/v1/mp4/generate", "/api/v1/generate/get-timestamped-lyrics"
CREATE, INFO = "/api/v1/client/job/CreateTask", "/api/v1/client/job/TaskInfo"
FORMATS = jsonschema.FormatChecker()


def check(result: Any, schema: documents.Schema) -> None:
    """Validate ``result`` with its dates; fail for fields that the document does not name."""
    jsonschema.Draft202012Validator(schema, format_checker=FORMATS).validate(result)
    for part in schema["allOf"]:
        if data := part["properties"].get("data"):
            check_fields(result.get("data", {}), data)


def check_fields(result: Any, schema: documents.Schema) -> None:
    if isinstance(result, list):
        for each in result:
            check_fields(each, schema.get("items", {}))
    elif isinstance(result, dict) and "properties" in schema:
        for name, value in result.items():
            if name in EXTENSIONS:
                continue
            assert name in schema["properties"], name
            check_fields(value, schema["properties"][name])


EXTENSIONS = {"isStreamed", "suno_data"}  # sunoapi.org's, and that of songs in Crun's query


def has_no_nulls(result: Any) -> bool:
    if isinstance(result, dict):
        return all(has_no_nulls(value) for value in result.values())
    return result is not None


def test_every_answer_to_an_order_fits_the_document(caller, track, settings):
    order = order_of(track)
    bodies = [order, order, order | {"author": "x" * 51}, order | {"taskId": "x"}, {}]
    result = [caller.post(GENERATE, body) for body in bodies]
    result.append(caller.send("POST", GENERATE, "no JSON").json())
    result.append(Caller(a_user(), "read").post(GENERATE, order))
    settings.MAX_UNFINISHED_VIDEOS = 1
    result.append(caller.post(GENERATE, order | {"author": "Bob"}))
    result += [caller.post(GENERATE, order | {"audioId": str(i)}) for i in range(2)]
    assert [each["code"] for each in result[:8]] == [200, 409, 422, 404, 422, 400, 401, 402]
    for each in result:
        check(each, documents.CREATE_MUSIC_VIDEO)
        assert has_no_nulls(each)


@pytest.mark.parametrize("make", [a_video, a_failed_video, a_finished_video])
def test_every_answer_about_a_film_fits_both_documents(caller, track, make):
    video = make(caller.owner, track, webhook_url="https://a.example.com")
    result = caller.get(VIDEO, taskId=video.pk.hex)
    check(result, documents.GET_MUSIC_VIDEO_DETAILS)
    assert has_no_nulls(result)
    assert "audioId" not in result["data"]
    flags = ["PENDING", "SUCCESS", "CREATE_TASK_FAILED", "GENERATE_MP4_FAILED"]
    assert result["data"]["successFlag"] in flags
    for _ in range(3):
        last = caller.get(VIDEO, taskId=video.pk.hex)
    assert last["code"] == 429
    for error in (last, caller.get(VIDEO, taskId="x"), caller.get(VIDEO)):
        check(error, documents.GET_MUSIC_VIDEO_DETAILS)


@pytest.mark.parametrize("status", MusicStatus.values)
@pytest.mark.parametrize("model", ["", "chirp-v4", "V5"])
def test_every_answer_about_a_song_fits_the_document(caller, track, status, model):
    MusicTask.objects.update(status=status)
    Track.objects.update(model_name=model)
    result = caller.get(MUSIC, taskId=track.music_task.task_id)
    check(result, documents.GET_MUSIC_DETAILS)
    assert has_no_nulls(result)
    assert isinstance(json.loads(result["data"]["param"]), dict)
    if status == "SUCCESS":
        (song,) = result["data"]["response"]["sunoData"]
        assert set(song) == set(documents.TRACK["properties"])
    for error in (caller.get(MUSIC, taskId="x"), caller.get(MUSIC)):
        check(error, documents.GET_MUSIC_DETAILS)


def test_words_and_credits_fit_the_documents(caller, track):
    result = caller.post(LYRICS, order_of(track))
    check(result, documents.GET_TIMESTAMPED_LYRICS)
    assert len(result["data"]["alignedWords"]) == 5
    check(caller.post(LYRICS, {}), documents.GET_TIMESTAMPED_LYRICS)
    for path in ("/api/v1/chat/credit", "/api/v1/generate/credit"):
        check(caller.get(path), documents.CREDIT)


def test_every_answer_in_crun_s_words_fits_its_document(caller, track):
    result = [caller.post(CREATE, crun_order_of(track)), caller.post(CREATE, {})]
    wrong = crun_order_of(track)
    wrong["input"]["suno_id"] = "x"
    result.append(caller.post(CREATE, wrong))
    assert [each["code"] for each in result] == [200, 422, 404]
    for each in result:
        check(each, documents.CREATE_TASK)
        assert "msg" not in each
    Video.objects.all().delete()
    for make in (a_video, a_failed_video, a_finished_video):
        video = make(caller.owner, track)
        check(caller.get(INFO, task_id=video.pk.hex), documents.TASK_INFO)
    check(caller.get(INFO, task_id=track.music_task.task_id), documents.TASK_INFO)
    check(caller.get(INFO, task_id="x"), documents.TASK_INFO)


@pytest.mark.parametrize(
    ("path", "method", "schema"),
    [
        (GENERATE, "post", documents.CREATE_MUSIC_VIDEO),
        (VIDEO, "get", documents.GET_MUSIC_VIDEO_DETAILS),
        (MUSIC, "get", documents.GET_MUSIC_DETAILS),
        (LYRICS, "post", documents.GET_TIMESTAMPED_LYRICS),
        (CREATE, "post", documents.CREATE_TASK),
        (INFO, "get", documents.TASK_INFO),
    ],
)
def test_our_own_document_has_the_vendors_fields_types_and_enums(client, path, method, schema):
    document = client.get("/api/openapi.json").json()
    operation = document["paths"][path][method]
    ours = operation["responses"]["200"]["content"]["application/json"]["schema"]
    theirs: documents.Schema = {"properties": {}}
    for part in schema["allOf"]:
        theirs["properties"] |= part["properties"]
    compare(document, resolve(document, ours), theirs)


def test_our_own_document_asks_for_what_the_vendors_ask_for(client):
    document = client.get("/api/openapi.json").json()
    for path, theirs in (
        (GENERATE, documents.CREATE_MUSIC_VIDEO_BODY),
        (CREATE, documents.CREATE_TASK_BODY),
    ):
        body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        ours = resolve(document, body["schema"])
        assert set(ours["required"]) == set(theirs["required"])
        compare(document, ours, theirs)
        if "input" in theirs["properties"]:
            order_input = resolve(document, ours["properties"]["input"])
            assert set(order_input["required"]) == {"task_id", "suno_id"}


def resolve(document: Any, schema: documents.Schema) -> documents.Schema:
    named = schema if "$ref" in schema else schema.get("allOf", [{}])[0]
    if "$ref" not in named:
        return schema
    target = document["components"]["schemas"][named["$ref"].rpartition("/")[2]]
    return target | {name: each for name, each in schema.items() if name not in {"$ref", "allOf"}}


def compare(document: Any, ours: documents.Schema, theirs: documents.Schema) -> None:
    """Find every field of ``theirs`` in ``ours``, of the same type; ``audioId`` is left out."""
    for name, field in theirs["properties"].items():
        if name == "audioId" and field["type"] == "integer":
            continue
        own = resolve(document, ours["properties"][name])
        assert own.get("description") or name == "sunoData"
        if "type" in own and isinstance(field.get("type"), str):
            same = {own["type"], field["type"]}
            assert len(same) == 1 or same == {"integer", "number"}, name
        if "enum" in field:
            assert set(field["enum"]) <= set(own["enum"]), name
        for same_in_both in ("format", "maxLength"):
            assert (
                own.get(same_in_both) == field.get(same_in_both)
                or name == "callback_url"
                or (same_in_both == "maxLength" and same_in_both not in field)
            ), name
        if "properties" in field and "properties" in own:
            compare(document, own, field)
        if "properties" in field.get("items", {}):
            compare(document, resolve(document, own["items"]), field["items"])


@pytest.mark.parametrize("vendor", ["apikley", "kie", "sunoapi"])
@pytest.mark.parametrize("name", ["video_success", "video_pending", "music_success"])
def test_what_the_vendors_samples_tell_is_told_by_us(caller, track, vendor, name):
    """The fields of a live sample are in our response, except those that do not apply."""
    sample = json.loads((SAMPLES / vendor / f"{name}.json").read_text())
    if name == "music_success":
        ours = caller.get(MUSIC, taskId=track.music_task.task_id)["data"]
        theirs = sample["data"]["response"]["sunoData"][0]
        assert set(theirs) & set(documents.TRACK["properties"]) <= set(
            ours["response"]["sunoData"][0]
        )
        return
    make = a_finished_video if name == "video_success" else a_video
    video = make(caller.owner, track, webhook_url="https://a.example.com")
    ours = caller.get(VIDEO, taskId=video.pk.hex)["data"]
    theirs = {key for key, value in sample["data"].items() if value not in (None, "", 0)}
    assert theirs - {"audioId", "musicIndex", "callBackUrl"} <= set(ours)
