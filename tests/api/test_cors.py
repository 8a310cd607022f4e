"""CORS: pages of every site may call the API with a key, and nothing else here."""

import pytest
from django.test import Client

from tests.api.caller import order_of
from tests.api.test_bad_inputs import PATHS
from tests.factories import a_finished_video
from videos.models import Video
from videos.payloads import film_urls

pytestmark = pytest.mark.django_db

ORIGIN = {"Origin": "https://app.example.com"}
ALLOW_ORIGIN, EXPOSE = "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"


def preflight(path: str, method: str = "POST", headers: str = "authorization,content-type"):
    wishes = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return Client().options(path, headers=ORIGIN | wishes)


def cors_headers(response) -> set[str]:
    return {name for name in response.headers if name.startswith("Access-Control-")}


@pytest.mark.parametrize("path", [*PATHS, "/api/v1/nothing", "/api", "/api//v1//mp4/generate/"])
def test_a_preflight_is_answered_for_every_call(path):
    response = preflight(path)
    assert (response.status_code, response.content) == (204, b"")
    assert response[ALLOW_ORIGIN] == "*"
    allowed = {each.strip() for each in response["Access-Control-Allow-Headers"].split(",")}
    assert allowed == {"authorization", "x-api-key", "content-type", "idempotency-key"}
    methods = response["Access-Control-Allow-Methods"].split(", ")
    assert set(methods) == {"GET", "POST", "DELETE"}
    assert int(response["Access-Control-Max-Age"]) > 0
    assert not response.cookies
    assert "Access-Control-Allow-Credentials" not in response


def test_every_answer_may_be_read(caller, track):
    call = caller.send
    order, path = order_of(track), "/api/v1/mp4/generate"
    responses = {
        "done": call("POST", path, order, **ORIGIN),
        "repeat": call("POST", path, order, **ORIGIN),
        "no JSON": call("POST", path, "{", **ORIGIN),
        "too large": call("POST", path, "x" * 1_100_000, **ORIGIN),
        "invalid": call("POST", path, {}, **ORIGIN),
        "no key": Client().post(path, headers=ORIGIN),
        "wrong key": call("GET", "/api/v1/chat/credit", Authorization="Bearer x", **ORIGIN),
        "unknown": call("GET", "/api/v1/nothing", **ORIGIN),
        "unknown id": call("GET", "/api/v1/mp4/record-info?taskId=x", **ORIGIN),
        "method": call("PUT", path, order, **ORIGIN),
        "no preflight": call("OPTIONS", path),
        "no browser": call("GET", "/api/v1/chat/credit"),
        "document": Client().get("/api/openapi.json", headers=ORIGIN),
        "upload": call("POST", "/api/v1/songs", b"x", Content_Type="multipart/form-data", **ORIGIN),
    }
    info = f"/api/v1/mp4/record-info?taskId={Video.objects.get().pk.hex}"
    responses |= {f"question {i}": call("GET", info, **ORIGIN) for i in range(4)}
    assert responses["question 3"].json()["code"] == 429
    assert responses["question 3"]["Retry-After"]
    for name, response in responses.items():
        assert (response[ALLOW_ORIGIN], response[EXPOSE]) == ("*", "Retry-After"), name
        assert "Access-Control-Allow-Credentials" not in response, name
        assert not response.cookies, name
    assert responses["unknown"].status_code == 404
    assert responses["method"].status_code == responses["no preflight"].status_code == 405


def test_a_crash_may_be_read_too(caller, monkeypatch):
    monkeypatch.setattr("videos.pipeline.videos_left", lambda owner: 1 / 0)
    response = caller.send("GET", "/api/v1/chat/credit", **ORIGIN)
    assert (response.status_code, response[ALLOW_ORIGIN]) == (500, "*")


def test_nothing_but_the_api_may_be_read(caller, client):
    video = a_finished_video(caller.owner, visibility="public")
    client.force_login(caller.owner)
    film = film_urls.url(video).removeprefix("http://testserver")
    share = f"/v/{video.slug}/"
    for path in ("/", "/api/docs", "/api/docs/", share, f"{share}video.mp4", film,
                 "/accounts/login/", "/videos/", "/account/keys/", "/admin/login/", "/healthz",
                 "/callbacks/kie/x/", "/apix/v1/chat/credit"):  # fmt: skip
        for response in (client.head(path, headers=ORIGIN), preflight(path)):
            assert not cors_headers(response), path


def test_a_session_is_no_key_whatever_the_page(caller, track, client):
    client.force_login(caller.owner)
    for headers in (ORIGIN, {"Origin": "http://testserver"}, {}):
        for method, path in (("get", "/api/v1/chat/credit"), ("post", "/api/v1/mp4/generate")):
            data = order_of(track) if method == "post" else None
            response = getattr(client, method)(
                path, data, content_type="application/json", headers=headers
            )
            assert response.json()["code"] == 401
    assert not Video.objects.exists()
