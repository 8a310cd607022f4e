"""The OpenAPI document and the documentation page."""

import html
import json
import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.test_security import CSP
from videos.api import DESCRIPTION
from videos.render.covers.formats import FORMAT_NAMES

pytestmark = pytest.mark.django_db
IDS = {
    "/api/v1/mp4/generate": ("post", "create-music-video"),
    "/api/v1/mp4/record-info": ("get", "get-music-video-details"),
    "/api/v1/generate/record-info": ("get", "get-music-details"),
    "/api/v1/generate/get-timestamped-lyrics": ("post", "get-timestamped-lyrics"),
    "/api/v1/chat/credit": ("get", "get-remaining-credits"),
    "/api/v1/generate/credit": ("get", "get-generate-credit"),
    "/api/v1/client/job/CreateTask": ("post", "create-task"),
    "/api/v1/client/job/TaskInfo": ("get", "get-task-info"),
    "/api/v1/client/job/estimate-credits": ("post", "estimate-credits"),
    "/api/v1/client/job/EstimateTask": ("post", "estimate-task"),
    "/api/v1/client/account/balance": ("get", "get-account-balance"),
    "/api/v1/assets": ("post", "create-asset"),
    "/api/v1/songs": ("post", "create-song"),
    "/api/v1/videos": ("get", "list-videos"),
    "/api/v1/videos/{taskId}": ("delete", "delete-video"),
}


def test_it_names_the_pictures_that_are_taken(client):
    document = client.get("/api/openapi.json").json()
    body = document["paths"]["/api/v1/songs"]["post"]["requestBody"]["content"]
    cover = body["multipart/form-data"]["schema"]["properties"]["cover"]
    assert cover["description"] == FORMAT_NAMES


def test_the_document_is_valid_openapi_3_1_and_lists_every_path(client):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert {
        path: (method, operation["operationId"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    } == IDS
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["security"] == [{"BearerAuth": []}, {"ApiKeyAuth": []}]
            assert operation["description"]


def test_the_page_shows_every_operation_without_a_script_of_its_own(client):
    page = client.get("/api/docs")
    body = page.content.decode()
    assert set(page["Content-Security-Policy"].split("; ")) == CSP
    for path, (_method, name) in IDS.items():
        assert f"<code>{path}</code>" in body
        assert f'id="{name}"' in body
    assert "&lt;p&gt;" not in body
    assert "<style" not in body
    assert client.get("/api/docs/").status_code == 200
    assert client.post("/api/docs").status_code == 405


def test_each_operation_has_a_form_that_tries_it(client):
    body = html.unescape(client.get("/api/docs").content.decode())
    assert body.count('class="api-try needs-js"') == len(IDS)
    assert 'data-method="DELETE" data-path="/api/v1/videos/{taskId}"' in body
    assert 'name="taskId" data-place="path"' in body
    example = body.split('id="create-music-video-body"')[1].split(">", 1)[1].split("</textarea>")[0]
    assert set(json.loads(example)) == {"taskId", "audioId", "callBackUrl"}
    song = body.split('id="create-song-audio"')[0].rsplit("<input", 1)[1]
    assert 'type="file"' in song


def test_every_rule_is_shown_whole(client):
    body = client.get("/api/docs").content.decode()
    rules = re.search(r'<ul class="api-rules" lang="en">(.*?)</ul>', body, re.DOTALL)[1]
    text = " ".join(html.unescape(re.sub("<[^>]+>", " ", rules)).split())
    words = re.sub(r"[`*]|(?m:^- )", "", DESCRIPTION.partition("\n\n")[2]).split()
    assert words == text.replace(" . ", ". ").replace(" ;", ";").replace(" ,", ",").split()
