from pathlib import Path

import pytest
from PIL import Image

from tests.render.backdrops.videos import make_video
from tests.render.paint.factories import make_painter
from videos.render.backdrops.loop_conversion import convert_loop
from videos.render.errors import BackdropError
from videos.render.options import Look


@pytest.mark.parametrize("look", [Look.STAGE, Look.DRIFT])
def test_without_a_backdrop_the_cover_moves(look: Look) -> None:
    painter = make_painter(look=look)
    assert painter.backdrop
    before = painter.paint_image(0)
    assert painter.paint_image(60) != before


def test_pictures_and_a_loop_are_shown(tmp_path: Path) -> None:
    for name in ("blue", "red"):
        Image.new("RGB", (64, 40), name).save(tmp_path / f"{name}.png")
    convert_loop(make_video(tmp_path / "a.mp4"), tmp_path / "loop.mp4")
    pictures = tmp_path / "blue.png", tmp_path / "red.png"
    slides = make_painter(look=Look.STAGE, backdrop=pictures)
    assert slides.period is None
    red, _, blue = slides.paint_image(30).getpixel((640, 100))
    assert blue > 200 > red
    assert make_painter(look=Look.STAGE, backdrop=(tmp_path / "loop.mp4",)).period == 30


def test_a_loop_that_is_none_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "loop.mp4").write_bytes(b"none")
    with pytest.raises(BackdropError):
        make_painter(look=Look.STAGE, backdrop=(tmp_path / "loop.mp4",))
