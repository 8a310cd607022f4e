"""``manage.py create_video``."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.factories import a_user
from videos.models import Video

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(vendor, capsys):
    """Return a function that runs the command and returns its JSON and its exit code."""
    owner = a_user("owner@example.com")
    song = vendor.add_song()

    def run(*expected: str, **options: str) -> tuple[dict[str, object], int]:
        values = {
            "owner": owner.email,
            "provider": "kie",
            "task_id": song.task_id,
            "audio_id": song.audio_ids[0],
        }
        try:
            call_command("create_video", *expected, **values | options)
            code = 0
        except SystemExit as end:
            code = int(str(end.code))
        return json.loads(capsys.readouterr().out), code

    return run


def test_an_order_is_taken(run):
    outcome, code = run(author="Ada", domain_name="example.com")
    video = Video.objects.get()
    assert (code, outcome["successFlag"], outcome["taskId"]) == (0, "PENDING", video.pk.hex)
    assert (video.author, video.domain_name, video.owner.email) == (
        "Ada",
        "example.com",
        "owner@example.com",
    )


def test_it_waits_until_the_film_is_ours(run, vendor, client):
    vendor.finishes_at_once = True
    outcome, code = run("--wait")
    assert (code, outcome["successFlag"], outcome["isCopied"]) == (0, "SUCCESS", True)
    assert outcome["vendorTaskId"] in vendor.films
    assert outcome["videoUrl"].endswith(".mp4")
    client.force_login(Video.objects.get().owner)
    path = outcome["videoUrl"].removeprefix("http://testserver")
    response = client.get(path, headers={"Range": "bytes=0-3"})
    response.close()
    assert response.status_code == 206


def test_the_same_order_is_the_same_video(run):
    first, _code = run()
    second, _code = run(author="Somebody else")
    assert first["taskId"] == second["taskId"]


def test_a_failure_is_told_and_ends_with_one(run, vendor):
    vendor.breaks("mp4/generate", "credits")
    outcome, code = run("--wait")
    assert (code, outcome["successFlag"]) == (1, "CREATE_TASK_FAILED")
    assert "no credits left" in outcome["errorMessage"]


def test_a_timeout_ends_the_wait(run):
    outcome, code = run("--wait", timeout="0.5")
    assert (code, outcome["successFlag"]) == (1, "PENDING")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"owner": "nobody@example.com"}, "Nobody here is nobody@example.com"),
        ({"owner": ""}, "Nobody here is without --owner"),
        ({"provider": "crun"}, "crun is not set up here"),
        ({"provider": "builtin"}, "builtin is not set up here"),
        ({"provider": ""}, "--provider is not set up here"),
        ({"author": "x" * 51}, "--author: Ensure this value has at most 50"),
        ({"domain_name": "x" * 51}, "--domain-name: Ensure this value has at most 50"),
        ({"task_id": "two words"}, "--task-id: An id has no spaces"),
        ({"task_id": ""}, "--task-id: Paste the id."),
        ({"audio_id": ""}, "--audio-id: Paste the audio id"),
        ({"task_id": "x" * 101}, "at most 100"),
        ({"timeout": "soon"}, "--timeout is soon"),
        ({"timeout": "nan"}, "--timeout is nan"),
        ({"timeout": "-1"}, "--timeout is -1"),
    ],
)
def test_bad_input_ends_with_two_is_told_as_json_and_orders_nothing(run, capsys, options, expected):
    with pytest.raises(CommandError) as caught:
        run(**options)
    assert caught.value.returncode == 2
    assert expected in json.loads(capsys.readouterr().out)["errorMessage"]
    assert not Video.objects.exists()


def test_a_script_sees_the_exit_code_and_the_json(migrated_folder):
    command = [sys.executable, "manage.py", "create_video", "--task-id", "x"]
    environment = {"PATH": os.environ["PATH"], "DEBUG": "true", "DATA_DIR": str(migrated_folder)}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "without --owner" in json.loads(done.stdout)["errorMessage"]
    assert "CommandError" in done.stderr


def test_the_author_is_put_on_one_line(run):
    run(author="  Ada\nLovelace ")
    assert Video.objects.get().author == "Ada Lovelace"
