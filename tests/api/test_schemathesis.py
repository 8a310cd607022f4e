"""Requests that schemathesis generates from our own document, with all its checks."""

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks, positive_data_acceptance
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source

from tests.api import by_status
from tests.pairwise import at_night
from videos.api import rate_limits
from videos.api.rate_limits import RateLimit
from videos.render.clips.clip import CLIP_PATTERN

pytestmark = pytest.mark.django_db
# Of each operation; at night those that cover every boundary come on top
FEW, MANY = 10, 100
# No schema can describe a picture
WITHOUT_CHECKS = {"POST /api/v1/assets": [positive_data_acceptance]}

document = schemathesis.openapi.from_wsgi("/api/openapi.json", by_status.application)
OPERATIONS = {each.ok().label: each.ok() for each in document.get_all_operations()}
existing_ids: dict[str, str] = {}


def use_existing_ids(case):
    """Use the ids of an existing song in every other request, and never name a vendor.

    No schema can describe which songs and which vendors exist, nor compare the times of a clip.
    """
    body = case.body
    if not isinstance(body, dict):
        return
    if body.get("provider") in ("apikley", "kie", "sunoapi", "crun"):
        body["provider"] = "builtin"
    if re.fullmatch(CLIP_PATTERN, str(body.get("clip", ""))) and len(body.get("clip", "")) > 2:
        body["clip"] = "0:01-0:04"
    # Of files that are there, and of lines as many as the song has
    for name in ("backdrop", "logo", "translation"):
        body.pop(name, None)
    if len(str(body)) % 2:
        body |= {name: ident for name, ident in existing_ids.items() if is_id(body.get(name))}


def is_id(value):
    return isinstance(value, str) and value and "\0" not in value


@pytest.fixture(autouse=True)
def song_without_rate_limits(monkeypatch, track):
    """Create a song, and raise the rate limits so that they refuse few requests."""
    for name in ("ORDERS", "SONGS", "QUERIES"):
        monkeypatch.setattr(rate_limits, name, RateLimit(3, 0))
    existing_ids.update(taskId=track.music_task.task_id, audioId=track.audio_id)


@pytest.mark.parametrize("examples", [FEW, *at_night([MANY])])
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_generated_request_passes_all_checks(label, examples, caller):
    """Build the test of an operation when it runs.

    ``document.parametrize()`` does so when tests are collected: some seconds of each process.
    """

    load_all_checks()
    document.config.phases.coverage.enabled = examples == MANY

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    def call_and_validate(case):
        use_existing_ids(case)
        case.call_and_validate(headers=caller.headers, excluded_checks=WITHOUT_CHECKS.get(label))

    build_operation_test(
        config=document.config,
        operation=OPERATIONS[label],
        test_func=call_and_validate,
        given_kwargs={},
        feedback=FeedbackSources(constants_value_source=make_constants_value_source(document)),
    )()
