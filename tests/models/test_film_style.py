"""The style of a film in the columns of its video."""

from videos.models import Video
from videos.models.film_style import FilmStyle
from videos.render.options import OPTIONS, StyleOptions


def test_each_option_is_a_column():
    columns = {field.name for field in FilmStyle._meta.local_fields}
    assert columns == {option.name for option in OPTIONS}


def test_a_video_is_in_the_plain_style_unless_it_says_otherwise():
    assert Video().style == StyleOptions()
    assert Video(look="orbit", hide_bars=True).style == StyleOptions(look="orbit", hide_bars=True)
