"""The broker in a folder."""

import tempfile
import threading
import time
from pathlib import Path

import pytest
from kombu import Connection, Consumer, Queue

from suno_portal.backends.broker import AtomicFileChannel
from suno_portal.celery import app

MESSAGE = "x" * 100_000


@pytest.fixture
def channel(tmp_path) -> AtomicFileChannel:
    (tmp_path / "control").mkdir()
    folders = {name: str(tmp_path) for name in ("data_folder_in", "data_folder_out")}
    options = {**folders, "control_folder": str(tmp_path / "control")}
    assert app  # its module registers the transport
    with Connection("filesystem://localhost", transport_options=options) as connection:
        channel = connection.default_channel
        assert isinstance(channel, AtomicFileChannel)
        yield channel


def put(channel: AtomicFileChannel, queue: str, body: str) -> None:
    channel.queue_declare(queue)
    message = channel.prepare_message(body, content_type="text/plain", content_encoding="utf-8")
    channel.basic_publish(message, exchange="", routing_key=queue)


def get(channel: AtomicFileChannel, queue: str) -> str | None:
    message = channel.basic_get(queue, no_ack=True)
    return message and message.decode()


def messages(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.msg*")]


def test_what_is_put_in_comes_out_once(channel, tmp_path):
    put(channel, "work", MESSAGE)
    assert get(channel, "render") is None
    assert get(channel, "work") == MESSAGE
    assert messages(tmp_path) == []
    assert get(channel, "work") is None


def test_a_reader_never_meets_half_a_message(channel):
    seen: list[object] = []

    def read() -> None:
        while len(seen) < 200:
            if (message := get(channel, "work")) is not None:
                seen.append(message)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    for _ in range(200):
        put(channel, "work", MESSAGE)
    reader.join(20)
    assert seen == [MESSAGE] * 200


@pytest.mark.parametrize("content", [b"", b'{"body": "x', b"\xff"])
def test_what_a_power_cut_left_is_no_message(channel, tmp_path, content):
    (tmp_path / "1_a.work.msg").write_bytes(content)
    assert get(channel, "work") is None
    put(channel, "work", MESSAGE)
    assert get(channel, "work") == MESSAGE


def test_a_long_wait_for_messages_ends_soon_so_that_a_worker_can_stop(channel):
    connection = channel.connection.client
    with Consumer(channel, Queue("work")):
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            connection.drain_events(timeout=60)
    assert time.monotonic() - began < 10


def test_what_a_worker_cannot_put_back_is_dropped(channel, tmp_path, monkeypatch):
    put(channel, "work", MESSAGE)
    assert channel.basic_get("work")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    channel.data_folder_out = str(tmp_path / "full")  # nothing can be written there
    channel.qos.restore_unacked_once()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["control"]
