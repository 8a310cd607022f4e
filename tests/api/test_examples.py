"""Runs the examples of docs/api.md, and looks at the rows that they make."""

import json
import os
import shutil
import subprocess

import pytest

from tests import papers
from tests.api.caller import Caller
from tests.factories import a_user
from tests.requirements import require
from videos.models import Track, Video

PAPER = "docs/api.md"


def example(path: str) -> str:
    """Return the first example that calls ``path``."""
    return next(each for each in papers.commands(PAPER) if f'curl -s "$API{path}' in each)


@pytest.mark.django_db(transaction=True)
def test_the_examples_do_what_the_paper_says(live_server):
    require(shutil.which("curl"), "curl")
    caller = Caller(a_user())
    variables = {"API": f"{live_server.url}/api/v1", "KEY": caller.secret}
    song = run_command(example("/songs"), variables)
    track = Track.objects.get()
    assert (track.title, song["audioId"]) == ("Let the Lanterns Go", track.audio_id)
    assert track.cover
    assert track.lyrics
    variables |= {"TASK": song["taskId"], "AUDIO": song["audioId"]}
    variables["VIDEO"] = run_command(example("/mp4/generate"), variables)["taskId"]
    video = Video.objects.get()
    assert (video.author, video.format, video.look) == ("Linnea Quay", "9:16", "wave")
    record = run_command(example("/mp4/record-info"), variables)
    assert record["successFlag"] == "PENDING"


def run_command(command: str, variables: dict[str, str]) -> dict[str, str]:
    process = subprocess.run(
        ["sh", "-c", command], cwd=papers.ROOT, env=os.environ | variables,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    answer = json.loads(process.stdout)
    assert answer["code"] == 200, answer
    return answer["data"]
