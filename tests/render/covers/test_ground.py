import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.cover_cases import DARK_GROUND, LIGHT_GROUND, MIDDLE_GROUND, logo
from videos.render.covers.ground import lay_on_ground


def ground_of(picture: Image.Image) -> tuple[int, ...]:
    return lay_on_ground(picture).getpixel((0, 0))


def test_a_soft_shadow_does_not_decide_the_ground() -> None:
    white = logo("white")
    shadow = Image.new("RGBA", white.size)
    shadow.putalpha(
        white.getchannel("A").filter(ImageFilter.GaussianBlur(4)).point(lambda a: a // 2)
    )
    shadow.alpha_composite(white)
    assert ground_of(shadow) == DARK_GROUND


def test_a_photograph_with_round_corners_has_a_plain_ground() -> None:
    noise = np.random.default_rng(1).integers(90, 250, (200, 200, 3), np.uint8)
    photograph, mask = Image.fromarray(noise), Image.new("L", (200, 200))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 199, 199), 30, 255)
    photograph.putalpha(mask)
    assert ground_of(photograph) == DARK_GROUND


def test_letters_in_black_and_white_can_all_be_read() -> None:
    letters = logo("black", ink_right="white").resize((900, 900))
    assert ground_of(letters) == MIDDLE_GROUND


def test_a_white_outline_around_black_letters_sets_them_off() -> None:
    outlined = Image.new("RGBA", (100, 100))
    outlined.paste("white", (20, 20, 80, 80))
    outlined.paste("black", (24, 24, 76, 76))
    assert ground_of(outlined) != LIGHT_GROUND
