"""Logos are converted in a child process."""

from io import BytesIO

import pytest
from PIL import Image

from videos.render.covers.formats import UNREADABLE_LOGO
from videos.render.errors import LogoError
from videos.render.paint.logo_file import convert_to_png
from videos.render.sandbox import logo
from videos.render.sandbox.logo import convert_logo_in_child


def test_the_png_is_the_same_as_in_this_process() -> None:
    target = BytesIO()
    Image.new("RGBA", (3000, 30), (9, 200, 9, 100)).save(target, "WEBP")
    made = convert_logo_in_child(target.getvalue())
    assert made == convert_to_png(BytesIO(target.getvalue()))
    assert made[1] == (2048, 20)


def test_what_is_refused_has_the_child_s_sentence() -> None:
    with pytest.raises(LogoError, match="is no picture that can be used"):
        convert_logo_in_child(b"words")


def test_a_logo_that_hangs_the_decoder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logo, "TIMEOUT", 0.01)
    with pytest.raises(LogoError) as error:
        convert_logo_in_child(b"words")
    assert str(error.value) == UNREADABLE_LOGO
