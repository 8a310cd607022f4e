"""Runs the commands of the README's section on the API."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.caller import Caller
from tests.factories import a_user
from tests.requirements import require
from videos.models import Track, Video

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_readme_do_what_it_says(live_server):
    require(shutil.which("curl"), "curl")
    caller = Caller(a_user())
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## API\n")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)[1]
    commands = re.findall(r"^curl (?:.*\\\n|.*,\n)*.*$", block, re.MULTILINE)
    assert len(commands) == 3
    variables = {"API": f"{live_server.url}/api/v1", "KEY": caller.secret}
    song = run_command(commands[0], variables)
    track = Track.objects.get()
    assert (track.title, song["audioId"]) == ("Let the Lanterns Go", track.audio_id)
    assert track.cover
    assert track.lyrics
    variables |= {"TASK": song["taskId"], "AUDIO": song["audioId"]}
    variables["VIDEO"] = run_command(commands[1], variables)["taskId"]
    video = Video.objects.get()
    assert (video.author, video.format, video.look) == ("Linnea Quay", "9:16", "wave")
    assert run_command(commands[2], variables)["successFlag"] == "PENDING"


def run_command(command: str, variables: dict[str, str]) -> dict[str, str]:
    process = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, env=os.environ | variables,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    answer = json.loads(process.stdout)
    assert answer["code"] == 200, answer
    return answer["data"]
