"""Webhooks through the real processes: from an order over the API to the client's server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.receiver import Receiver
from tests.render.samples import music, write_song
from tests.stack import Creator, Stack, running_stack, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def stack(receiver: Receiver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    environment = {
        "ALLOWED_PRIVATE_HOSTS": receiver.host,
        "WEBHOOK_TIMEOUT_SECONDS": "5",
        "WEBHOOK_RETRY_MINUTES": "0.02,0.02,0.02",
    }
    with running_stack(tmp_path_factory.mktemp("stack"), **environment) as stack:
        yield stack


@pytest.fixture(scope="module")
def key(stack: Stack) -> str:
    return stack.manage("create_api_key", "demo@example.com").splitlines()[-1]


@pytest.fixture(scope="module")
def delivered(stack: Stack, key: str, receiver: Receiver) -> str:
    """Order the film of a short song, wait for its webhook, and return the video's id."""
    Creator(stack).upload(write_song(stack.folder / "song.mp3", music(5)))
    ((task_id, audio_id),) = stack.execute(
        "SELECT task_id, audio_id FROM videos_track JOIN videos_musictask"
        " ON music_task_id = videos_musictask.id ORDER BY videos_track.id DESC LIMIT 1"
    )
    receiver.answers = [503]
    response = requests.post(
        f"{stack.url}/api/v1/mp4/generate",
        json={"taskId": task_id, "audioId": audio_id, "callBackUrl": receiver.url},
        headers={"Authorization": f"Bearer {key}"},
        timeout=10,
    ).json()
    assert response["code"] == 200, response
    wait_for(lambda: len(receiver.calls) == 2, 90, stack.logs)
    return str(response["data"]["taskId"])


def test_a_client_that_was_away_gets_the_second_attempt(stack, key, delivered, receiver):
    first, second = receiver.calls[:2]
    assert first.body == second.body
    assert first.headers["X-Webhook-Id"] == second.headers["X-Webhook-Id"]
    payload = second.json
    assert (payload["code"], payload["data"]["task_id"]) == (200, delivered)
    film = requests.get(payload["data"]["video_url"], headers={"Range": "bytes=4-7"}, timeout=10)
    assert (film.status_code, film.content) == (206, b"ftyp")
    record = requests.get(
        f"{stack.url}/api/v1/mp4/record-info",
        params={"taskId": delivered},
        headers={"Authorization": f"Bearer {key}"},
        timeout=10,
    ).json()["data"]
    assert record["successFlag"] == "SUCCESS"
    assert record["response"]["videoUrl"] == payload["data"]["video_url"]


def test_a_worker_that_is_killed_in_between_is_followed_by_another(stack, delivered, receiver):
    creator = Creator(stack)
    before = len(receiver.calls)
    receiver.answers = [receiver.hang]
    resend(creator)
    wait_for(lambda: len(receiver.calls) == before + 1, 10, stack.logs)
    for process in stack.children_of("worker", "celery"):
        process.kill()
    wait_for(lambda: len(receiver.calls) == before + 2, 40, stack.logs)
    assert len({call.headers["X-Webhook-Id"] for call in receiver.calls}) == 1
    wait_for(lambda: "Delivered" in creator.get("/account/webhooks/").text, 5, stack.logs)
    rows = stack.execute("SELECT state, calls, tries, due_at FROM videos_delivery")
    assert rows == [("delivered", 1, 0, None)]


def test_ctrl_c_in_the_middle_of_a_call_leaves_no_process_and_loses_nothing(
    stack, delivered, receiver
):
    before = len(receiver.calls)
    receiver.answers = [receiver.hang]
    resend(Creator(stack))
    wait_for(lambda: len(receiver.calls) == before + 1, 10, stack.logs)
    assert not stack.stop("worker")
    stack.start("worker")
    wait_for(lambda: len(receiver.calls) == before + 2, 30, stack.logs)


def test_no_log_holds_what_is_secret(stack, delivered, receiver):
    creator = Creator(stack)
    creator.post("/account/webhooks/key/")
    page = creator.get("/account/webhooks/").text
    webhook_key = page.partition('id="webhook-key" type="text" value="')[2].partition('"')[0]
    assert len(webhook_key) > 40
    before = len(receiver.calls)
    resend(creator)
    wait_for(lambda: len(receiver.calls) > before, 10, stack.logs)
    assert "X-Webhook-Signature" in receiver.calls[-1].headers
    logs = "".join(path.read_text(errors="replace") for path in Path(stack.folder).glob("*.log"))
    assert webhook_key not in logs
    assert "of=client" not in logs


def resend(creator: Creator) -> None:
    page = creator.get("/account/webhooks/").text
    path = page.partition('action="/account/webhooks/')[2].partition('"')[0]
    creator.post(f"/account/webhooks/{path}")
