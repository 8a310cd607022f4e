"""What tags and addresses say of a song, as the columns of a track."""

from urllib.parse import quote

import pytest

from tests.factories import a_user
from tests.joined_names import JOINED_NAMES
from videos import pipeline

pytestmark = pytest.mark.django_db


def title_of(name: str) -> str:
    return pipeline.import_song(a_user(), f"https://example.com/{quote(name)}.mp3?x=1").title


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_the_name_of_the_file_keeps_its_joiners(name):
    assert title_of(name) == name


@pytest.mark.parametrize(
    ("name", "title"),
    [("a_b\u202ec\n", "a bc"), ("%FFa", "%FFa"), ("q\u0301" * 150, "q\u0301" * 100)],
)
def test_a_name_is_one_line_that_can_be_shown(name, title):
    assert title_of(name) == title
