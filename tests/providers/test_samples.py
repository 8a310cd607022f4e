"""The vendors' own JSON samples, parsed by our clients."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from videos import callbacks
from videos.providers import crun, errors, json_fields, suno
from videos.providers.http import RawResponse
from videos.providers.registry import FAMILIES
from videos.statuses import MusicStatus, VideoStatus
from videos.vendors import VENDORS

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
DONE = datetime(2026, 11, 1, 12, 2, 30, tzinfo=UTC)
FILES = sorted(SAMPLES.rglob("*.json"))


def parse_sample(file: Path) -> object:
    """Return what our client makes of a sample, by the kind that its name says."""
    facts = VENDORS[file.parent.name]
    family = crun if facts.family == "crun" else suno
    parsers = {
        "generate": family.parse_task_id,
        "video": family.parse_video,
        "music": lambda data: family.parse_music(data, "x"),
        "credits": (lambda d: json_fields.number(d["balance"]))
        if family is crun
        else json_fields.number,
        "word": suno.parse_words,
    }
    client = FAMILIES[facts.family](facts, api_key="k", base_url="https://vendor.example")
    parse = parsers.get(file.stem.split("_")[0], family.parse_task_id)
    if "used_up" in file.stem:
        parse = family.parse_task_id
    return client.parse_response(RawResponse(200, file.read_bytes()), parse)


FAILING = {
    "generate_exists": errors.AlreadyExists,
    "video_unknown": errors.NotYet,
    "video_example_of_the_document": errors.Transient,
    "credits_used_up": errors.CreditsError,
    "called_too_often": errors.Throttled,
    "maintenance": errors.Maintenance,
    "disabled": errors.Disabled,
    "wrong_key": errors.AuthenticationError,
}


def samples(*prefixes: str) -> list[Path]:
    return [file for file in FILES if file.stem.startswith(prefixes)]


def sample_id(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


@pytest.mark.parametrize("file", [f for f in FILES if f.stem in FAILING], ids=sample_id)
def test_every_refusal_is_understood(file):
    with pytest.raises(FAILING[file.stem]) as caught:
        parse_sample(file)
    if file.stem == "generate_exists":
        assert caught.value.task_id == "774b9aa0422f4d0c9b1e2f3a4b5c6d7e"


@pytest.mark.parametrize(
    "file", [f for f in samples("video_") if f.stem not in FAILING], ids=sample_id
)
def test_every_record_of_a_film_is_understood(file):
    record = parse_sample(file)
    status = file.stem.removeprefix("video_")
    expected = {
        "pending": VideoStatus.PENDING,
        "create_task_failed": VideoStatus.CREATE_TASK_FAILED,
        "generate_mp4_failed": VideoStatus.GENERATE_MP4_FAILED,
        "failed": VideoStatus.GENERATE_MP4_FAILED,
        "error": VideoStatus.GENERATE_MP4_FAILED,
    }.get(status, VideoStatus.SUCCESS)
    assert record.status == expected
    assert bool(record.video_url) == (expected == VideoStatus.SUCCESS)
    assert bool(record.error_message) == ("failed" in status or status == "error")
    assert record.completed_at in (None, DONE)
    assert (record.completed_at is None) == (expected == VideoStatus.PENDING)
    assert "our-token" not in json.dumps(record.raw)


@pytest.mark.parametrize("file", samples("music_"), ids=sample_id)
def test_every_record_of_a_song_is_understood(file):
    record = parse_sample(file)
    status = file.stem.removeprefix("music_").upper()
    assert record.status == MusicStatus(status)
    for track in record.tracks:
        assert track.audio_id
        assert track.audio_url.startswith("https://")
        assert track.image_url.startswith("https://")
        assert track.duration


@pytest.mark.parametrize("file", [SAMPLES / v / "credits.json" for v in VENDORS], ids=sample_id)
def test_credits_are_a_number(file):
    assert parse_sample(file) == 87.5


@pytest.mark.parametrize("file", samples("word_times"), ids=sample_id)
def test_word_times_are_a_list(file):
    assert [word["word"] for word in parse_sample(file)][-1] == "lit\n"


@pytest.mark.parametrize("file", samples("callback_"), ids=sample_id)
def test_a_callback_names_its_task(file):
    task = "task-774b9aa0" if file.parent.name == "crun" else "774b9aa0422f4d0c9b1e2f3a4b5c6d7e"
    assert callbacks.extract_task_id(json.loads(file.read_text())) == task


def test_every_vendor_has_samples():
    assert {file.parent.name for file in FILES} == set(VENDORS)
