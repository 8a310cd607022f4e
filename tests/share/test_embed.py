"""The frame of a film on other sites: its ratio stays, whatever room there is."""

import pytest
from pytest_django.fixtures import Settings

from videos.models import Track, Video
from videos.share.embed import Frame, embed_html, embed_sizes, fit_frame, frame_of

WIDE = Video(track=Track(title="Night"), slug="a-slug", width=1920, height=1080)
TALL = Video(track=Track(title="Night"), slug="a-slug", width=1080, height=1920)
SQUARE = Video(track=Track(title="Night"), slug="a-slug", format="1:1")  # its size is not known


@pytest.mark.parametrize(
    ("video", "limits", "frame"),
    [
        (WIDE, (None, None), (640, 360)),
        (TALL, (None, None), (360, 640)),
        (SQUARE, (None, None), (640, 640)),
        (WIDE, (320, None), (320, 180)),
        (WIDE, (1280, None), (1280, 720)),
        (WIDE, (1280, 360), (640, 360)),
        (WIDE, (None, 90), (160, 90)),
        (TALL, (400, 400), (225, 400)),
        (TALL, (1, 1), (1, 1)),
    ],
)
def test_a_frame_fits_into_the_room_that_there_is(video, limits, frame):
    assert fit_frame(video, *limits) == Frame(*frame)


def test_an_upright_film_has_the_sizes_of_a_wide_one_turned():
    assert frame_of(TALL, 854) == Frame(480, 854)
    assert [size.frame.width for size in embed_sizes(WIDE)] == [480, 640, 854, 1280]
    assert [size.is_default for size in embed_sizes(WIDE)] == [False, True, False, False]


def test_the_html_leads_to_the_player_and_no_title_breaks_it(settings: Settings):
    settings.SITE_URL = "https://portal.example"
    video = Video(track=Track(title='"><script>'), slug="a-slug", width=16, height=9)
    html = embed_html(video, Frame(640, 360), 90)
    assert 'src="https://portal.example/v/a-slug/embed/?t=90"' in html
    assert 'width="640" height="360"' in html
    assert "<script>" not in html
    assert html.count("<") == 2
