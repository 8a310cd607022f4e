"""Measuring, fitting and drawing in every script."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.joined_names import JOINED_NAMES
from tests.pairwise import one_in
from videos.render.text import Typesetter
from videos.render.text.clusters import split_clusters
from videos.render.text.faces import FACES, Face, Weight, load_font

SCRIPTS = {
    "Latin": "Mira Solène",
    "Vietnamese": "Đường phố ướt",
    "Cyrillic": "Ночной город",
    "Greek": "Καλημέρα",
    "Arabic": "مرحبا بالعالم",
    "Persian": "پنجره‌ها گچ",
    "Urdu": "اُردو ٹڈڑے ہیں",
    "Hebrew": "שלום עולם",
    "Devanagari": "क्षत्रिय नमस्ते",
    "Thai": "สวัสดีที่น้ำ",
    "Japanese": "夜空に歌うガ",
    "Simplified": "简体中文歌",
    "Traditional": "繁體書體",
    "Korean": "안녕하세요",
    "Bengali": "বাংলা গান",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Kannada": "ಕನ್ನಡ",
    "Malayalam": "മലയാളം",
    "Gujarati": "ગુજરાતી",
    "Gurmukhi": "ਪੰਜਾਬੀ",
    "Oriya": "ଓଡ଼ିଆ",
    "Sinhala": "සිංහල",
    "Georgian": "ქართული",
    "Armenian": "Հայերեն",
    "Ethiopic": "አማርኛ",
    "Khmer": "ខ្មែរ",
    "Lao": "ລາວ",
    "Myanmar": "မြန်မာ",
    "symbols": "♪♫★→❤☎∞½™€₽",
}
SIZE = 48


def ink(text: str, weight: Weight = Weight.BOLD, faces: tuple[Face, ...] = FACES) -> np.ndarray:
    image = Image.new("L", (1000, 160))
    Typesetter(faces).draw(image, (40, 100), text, SIZE, weight, 255)
    return np.asarray(image).astype(float)


def columns(image: np.ndarray) -> tuple[int, int]:
    """Return the first and the last column with ink."""
    inked = np.flatnonzero(image.max(axis=0) > 40)
    return int(inked[0]), int(inked[-1])


def missing_glyph(face: Face) -> np.ndarray:
    """Return the picture of the glyph that the face draws for a missing character (.notdef)."""
    image = Image.new("L", (160, 160))
    font = load_font(face, SIZE, Weight.BOLD, SIZE)
    ImageDraw.Draw(image).text((40, 100), "\U0010ffff", 255, font, anchor="ls")
    return np.asarray(image.crop(image.getbbox() or (0, 0, 1, 1)).resize((32, 32)))


@pytest.mark.each_value
@pytest.mark.parametrize("script", one_in(3, SCRIPTS))
@pytest.mark.parametrize("weight", Weight)
def test_every_script_is_drawn_and_not_as_boxes(script, weight):
    typesetter = Typesetter()
    assert typesetter.find_missing(SCRIPTS[script]) == set()
    boxes = [missing_glyph(face).astype(float) for face in FACES]
    for cluster in split_clusters(SCRIPTS[script].replace(" ", "")):
        drawn = Image.fromarray(ink(cluster, weight).astype(np.uint8))
        assert drawn.getbbox(), cluster
        picture = np.asarray(drawn.crop(drawn.getbbox()).resize((32, 32))).astype(float)
        assert all(np.abs(picture - box).mean() > 12 for box in boxes), cluster


@pytest.mark.parametrize("name", JOINED_NAMES.values(), ids=JOINED_NAMES)
def test_a_name_with_joiners_is_drawn_whole(name):
    assert Typesetter().find_missing(name) == set()
    assert ink(name).max() > 200


@pytest.mark.parametrize("word", ["می‌خواهم", "ශ්‍රී", "അവന്‍", "র‍্যাব", "👩‍👩‍👧", "🏳️‍🌈", "1️⃣"])
def test_a_joiner_changes_what_is_drawn(word):
    bare = "".join(c for c in word if c not in "\u200c\u200d\ufe0f\u20e3")
    assert not np.array_equal(ink(word), ink(bare))


@pytest.mark.parametrize("word", ["سلام", "क्ष", "ক্ষ", "ខ្មែ"])
def test_letters_join_into_shapes_that_they_do_not_have_alone(word):
    typesetter = Typesetter()
    apart = sum(typesetter.width(letter, SIZE) for letter in word)
    assert typesetter.width(word, SIZE) < 0.95 * apart


def test_the_same_ideograph_has_the_form_of_its_language():
    def first_cell(text: str) -> np.ndarray:
        return ink(text)[:, :86]  # 骨 differs between China and Japan

    assert np.abs(first_cell("骨们") - first_cell("骨の")).max() > 100


def crop_words(text: str) -> list[np.ndarray]:
    """Return the ink of each word from left to right, all of one size."""
    image = ink(text)
    inked = np.flatnonzero(image.max(axis=0) > 40)
    words = np.split(inked, np.flatnonzero(np.diff(inked) > SIZE // 6) + 1)
    pictures = [Image.fromarray(image[:, word[0] : word[-1] + 1]) for word in words]
    return [np.asarray(picture.resize((64, 64))) for picture in pictures]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abc שלום 123", ["abc", "123", "שלום"]),
        ("שלום abc 123", ["abc", "123", "שלום"]),
        ("abc שלום טוב xyz", ["abc", "טוב", "שלום", "xyz"]),
        ("سلام Hi Ho عالم", ["عالم", "Hi", "Ho", "سلام"]),
        ("ABC سلام 12 عالم", ["ABC", "عالم", "12", "سلام"]),
    ],
)
def test_words_stand_where_their_directions_put_them(text, words):
    pictures = crop_words(text)
    assert len(pictures) == len(words)
    for picture, word in zip(pictures, words, strict=True):
        (expected,) = crop_words(word)
        assert np.abs(picture - expected).mean() < 10, word


def test_an_override_in_a_name_changes_nothing():
    assert np.array_equal(ink("a\u202ebc\u202c \u2067de"), ink("abc de"))


def test_emoji_have_colour_on_rgba_and_rgb_and_ink_on_masks():
    for mode in ("RGBA", "RGB"):
        image = Image.new(mode, (200, 100), (0, 0, 0, 255)[: len(mode)])
        width = Typesetter().draw(image, (20, 70), "🔥", SIZE, Weight.BOLD, (255, 255, 255, 255))
        pixels = np.asarray(image.convert("RGB")).astype(int)
        assert (pixels.max(axis=2) - pixels.min(axis=2)).max() > 150
        assert columns(pixels.max(axis=2))[1] <= 20 + width
    assert columns(ink("🔥"))[1] <= 40 + width
    assert ink("🔥").max() == 255


def test_an_emoji_is_as_wide_on_a_mask_as_in_colour():
    typesetter = Typesetter()
    image = Image.new("RGBA", (1000, 160))
    typesetter.draw(image, (40, 100), "a😀b", SIZE, Weight.BOLD, (255, 255, 255, 255))
    in_colour = np.asarray(image.getchannel("A")).astype(float)
    after = int(40 + typesetter.width("a😀", SIZE))
    on_mask = ink("a😀b")
    assert np.abs(in_colour[:, after:] - on_mask[:, after:]).max() < 3


def test_an_emoji_on_a_mask_stands_amid_its_place_as_in_colour():
    edges = []
    for mode, fill in (("L", 255), ("RGBA", (255, 255, 255, 255))):
        image = Image.new(mode, (300, 300))
        Typesetter().draw(image, (20, 220), "😀", 200, Weight.BOLD, fill)
        edges.append(columns(np.asarray(image.getchannel(image.getbands()[-1]))))
    assert sum(edges[0]) == pytest.approx(sum(edges[1]), abs=3)


def test_letters_stand_on_whole_pixels():
    image = Image.new("L", (1000, 160))
    Typesetter().draw(image, (40, 100.4), "Hello", SIZE, Weight.BOLD, 255)
    assert np.array_equal(np.asarray(image), ink("Hello"))


def test_music_notes_take_the_colour_of_the_text():
    image = Image.new("RGBA", (200, 100))
    Typesetter().draw(image, (20, 70), "🎵", SIZE, Weight.BOLD, (255, 0, 0, 255))
    assert np.asarray(image)[..., 1:3].max() == 0
    assert image.getbbox()


@pytest.mark.parametrize("mode", ["RGBA", "RGB"])
def test_a_fill_that_is_half_opaque_is_half_seen(mode):
    image = Image.new(mode, (200, 100))
    Typesetter().draw(image, (20, 70), "H🔥", SIZE, Weight.HEAVY, (200, 100, 0, 128))
    pixels = np.asarray(image)
    if mode == "RGBA":
        assert 120 <= pixels[..., 3].max() <= 130
    else:
        assert 98 <= pixels[..., 0].max() <= 130


def test_anchors_place_the_left_end_the_middle_and_the_right_end():
    typesetter = Typesetter()
    width = typesetter.width("Hello", SIZE)
    lefts = []
    for anchor in ("l", "m", "r"):
        image = Image.new("L", (600, 120))
        assert typesetter.draw(image, (300, 80), "Hello", SIZE, Weight.BOLD, 255, anchor) == width
        lefts.append(columns(np.asarray(image))[0])
    assert lefts[0] - lefts[1] == pytest.approx(width / 2, abs=1)
    assert lefts[0] - lefts[2] == pytest.approx(width, abs=1)


def test_a_clock_does_not_change_its_width_as_it_runs():
    typesetter = Typesetter()
    assert typesetter.width("1:11", SIZE) == typesetter.width("8:40", SIZE)
    assert typesetter.width("111", SIZE) < typesetter.width("840", SIZE)


def test_bold_faces_are_thinned_beside_medium_text():
    assert ink("夜空", Weight.MEDIUM).sum() < 0.92 * ink("夜空", Weight.BOLD).sum()


def test_text_that_leaves_the_image_is_cut_there():
    image = Image.new("RGBA", (60, 60))
    typesetter = Typesetter()
    for xy in [(-30, 5), (50, 70), (-500, 30), (30, 500), (30, -200)]:
        typesetter.draw(image, xy, "W😀夜 مرحبا", SIZE, Weight.BOLD, (255, 255, 255, 255))
    assert image.getbbox()


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\u202e", "\n", "\u0301", "\ufe0f", "\u200d", "🇩", "\ufe0f\u20e3", "\U0001f3fb"],
)
def test_next_to_nothing_is_drawn_without_complaint(text):
    typesetter = Typesetter()
    for mode, fill in (("L", 255), ("RGBA", (255, 255, 255, 255))):
        typesetter.draw(Image.new(mode, (200, 100)), (20, 70), text, SIZE, Weight.BOLD, fill)
    assert typesetter.fit(text, SIZE, Weight.BOLD, 100, 10)[1] == SIZE
    assert len(typesetter.wrap(text, SIZE, Weight.BOLD, 100)) <= 1


def test_a_tower_of_marks_stays_near_its_line():
    assert ink("Z" + "\u0301\u0335\u0359" * 40)[:10].max() == 0


TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from("ab W-é 夜。「かשלم ب1٣😀👍🏽\u200d\ufe0f🇩🇪สีกิक्ष"), max_size=60),
    st.sampled_from(["😀" * 50, "夜" * 50, "word " * 20, "Z" + "\u0335" * 99]),
)


@settings(max_examples=150)
@given(TEXTS, st.integers(40, 400))
def test_what_fits_and_what_is_wrapped_is_never_too_wide(text, width):
    typesetter = Typesetter()
    fitted, size = typesetter.fit(text, 40, Weight.BOLD, width, 16)
    assert 16 <= size <= 40
    assert typesetter.width(fitted, size) <= width
    lines = typesetter.wrap(text, 24, Weight.BOLD, width)
    assert all(
        typesetter.width(line, 24) <= width for line in lines if len(split_clusters(line)) > 1
    )


def test_what_fits_keeps_its_size_and_what_does_not_shrinks_before_it_is_cut():
    typesetter = Typesetter()
    width = typesetter.width("Afterglow", 40, Weight.HEAVY)
    assert typesetter.fit("Afterglow", 40, Weight.HEAVY, int(width) + 1, 20) == ("Afterglow", 40)
    text, size = typesetter.fit("Afterglow", 40, Weight.HEAVY, int(width * 0.8), 20)
    assert text == "Afterglow"
    assert typesetter.width(text, size + 1, Weight.HEAVY) > width * 0.8
    text, size = typesetter.fit("Afterglow", 40, Weight.HEAVY, int(width * 0.3), 20)
    assert size == 20
    assert text.endswith("…")
    assert "Afterglow".startswith(text[:-1])


def test_an_ellipsis_never_cuts_a_cluster():
    text, _ = Typesetter().fit("👨‍👩‍👧‍👦" * 9, 20, Weight.BOLD, 100, 20)
    assert text == "👨‍👩‍👧‍👦" * 3 + "…"


@pytest.mark.parametrize(
    ("text", "rtl"), [("שלום abc", True), ("abc שלום", False), ("\u202eabc", False)]
)
def test_a_paragraph_runs_as_its_first_letter_does(text, rtl):
    assert Typesetter().is_rtl(text) is rtl


@pytest.mark.parametrize(
    ("text", "has_emoji"),
    [("Rose 🌹", True), ("👩🏽‍🚀", True), ("Rose", False), ("♪ 🎵 ©", False), ("", False)],
)
def test_it_tells_whether_a_text_has_coloured_emoji(text, has_emoji):
    assert Typesetter().has_emoji(text) == has_emoji
