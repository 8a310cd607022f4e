"""Names of downloads: every system can store them, and every browser takes them."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from videos.media.file_names import MAX_NAME_BYTES, attachment_header, safe_file_name

TITLES = [
    "Night", "Ночь над городом " * 20, "夜の街" * 60, "👩‍👩‍👧‍👦" * 12, "e\u0301" * 200, "ก็" * 90,
    "🏽" * 90, "a" * 300, "", " . ", "..", "/etc/passwd", "..\\..\\x", "CON", "nul.txt", "com1",
    "a\x00b\n", "gpj.\u202eexe", 'quo"te', "100 % $HOME", "a;b", "\ud800", "‮txt", "·" * 200,
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES, ids=ascii)
def test_every_title_becomes_a_name_that_can_be_stored(title: str, tmp_path: Path):
    name = safe_file_name(title, " (Glow 9x16).mp4")
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name.endswith(" (Glow 9x16).mp4")
    assert not set(name) & set('/\\:*?"<>|\x00\n\u202e')
    assert name[0] not in " ."
    (tmp_path / name).write_bytes(b"film")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("title", TITLES, ids=ascii)
def test_its_header_is_ascii_and_says_the_same_name(title: str):
    name = safe_file_name(title, ".mp4")
    header = attachment_header(name)
    assert header.isascii()
    match = re.fullmatch(
        r"attachment; filename=\"([^\"\\%]+)\"(?:; filename\*=UTF-8''(\S+))?", header
    )
    assert match, header
    plain, encoded = match.groups()
    assert unquote(encoded) == name if encoded else plain == name
    assert plain.endswith(".mp4")
    assert len(plain) > len(".mp4")


def test_a_name_is_not_cut_within_what_is_seen_as_one_character():
    assert safe_file_name("e\u0301" * 200, "").endswith("é")
    family = "👩‍👩‍👧‍👦"
    assert set(safe_file_name(family * 20, ".mp4").removesuffix(".mp4").split(family)) == {""}


def test_letters_with_accents_lose_them_in_the_plain_name_and_others_go():
    assert 'filename="Yo ylla kaupungin.mp4"' in attachment_header("Yö yllä kaupungin.mp4")
    assert 'filename="file.mp4"' in attachment_header("夜の街.mp4")


def test_a_devices_name_is_no_file():
    assert safe_file_name("con", ".mp4") == "_con.mp4"
    assert safe_file_name("LPT1.a", ".mp4") == "_LPT1.a.mp4"
    assert safe_file_name("console", ".mp4") == "console.mp4"


def test_a_title_without_a_storable_character_gets_the_default():
    assert safe_file_name("???", ".vtt", "lyrics") == "lyrics.vtt"
