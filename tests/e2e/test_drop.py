"""Files that are dropped on a page become films, also through a network that breaks."""

import base64
import secrets
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from mutagen.id3 import PRIV, TPE1
from playwright.sync_api import Error
from selenium.common.exceptions import WebDriverException

from tests import media_files, tagged_songs
from tests.breaking_network import BreakingNetwork, breaking_network
from tests.browsers.tab import Tab
from tests.pairwise import at_night
from tests.stack import Stack, wait_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.parametrize(
        "tab", ["chromium", *at_night(["firefox", "webkit"])], indirect=True, scope="module"
    ),
]

MEBIBYTE = 1024 * 1024
RENDER_TIMEOUT = 60  # seconds

DROP = """files => {
    const data = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));
        data.items.add(new File([bytes], name));
    }
    const options = {bubbles: true, cancelable: true, dataTransfer: data};
    const main = document.getElementById("main");
    for (const type of ["dragenter", "dragover", "drop"])
        main.dispatchEvent(new DragEvent(type, options));
}"""
ROWS = """() => [...document.querySelectorAll(".drop-song")].map(row => ({
    title: row.querySelector("[name=title]").value,
    artist: row.querySelector("[name=artist]").value,
    lyrics: row.querySelector("[name=lyrics]").value,
    cover: !row.querySelector(".drop-cover img").hidden,
    isReading: !row.querySelector(".drop-reading").hidden,
    status: row.querySelector(".drop-status").textContent,
    answer: row.querySelector(".drop-answer").textContent.trim(),
}))"""
REFUSED = "() => [...document.querySelectorAll('.drop-refused li')].map(each => each.textContent)"
PATH = "() => location.pathname"
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
PROBLEMS = """() =>
    [...document.querySelectorAll(".drop-problem, .drop-total")].map(each => each.textContent)"""
MAKE = ".drop-side [type=submit]"
CANCEL = "() => document.querySelector('[data-cancel]').click()"  # a mouse may come too late


@pytest.fixture(scope="module")
def network(stack: Stack) -> Iterator[BreakingNetwork]:
    with breaking_network(stack.url) as network:
        yield network


@pytest.fixture(scope="module")
def creator(tab: Tab, network: BreakingNetwork, stack: Stack) -> Tab:
    """Return the tab of somebody who has logged in."""
    tab.open(f"{network.url}/accounts/login/")
    tab.press("[name=login]", stack.account)
    tab.press("[name=password]", stack.password_of(stack.account))
    tab.click("main button[type=submit]")
    wait_for_value(tab, PATH, "/videos/", 20, "No log-in")
    return tab


def drop(tab: Tab, **files: bytes) -> None:
    """Drop files; ``night_mp3`` is the name of night.mp3."""
    encoded = [
        [name.replace("_", "."), base64.b64encode(data).decode()] for name, data in files.items()
    ]
    tab.run(DROP, encoded)
    wait_for(lambda: tab.run("() => Boolean(document.querySelector('.drop-song'))"), 20, "No row")


def wait_for_rows(tab: Tab, **values: object) -> list[dict[str, object]]:
    """Wait until each row has these values; return the rows."""

    def rows() -> list[dict[str, object]]:
        shown = tab.run(ROWS)
        return shown if all(row.items() >= values.items() for row in shown) else []

    return wait_for(rows, 40, lambda: f"The rows are {tab.run(ROWS)}")


def wait_for_value(tab: Tab, function: str, value: object, seconds: float, message: str) -> None:
    """Wait until ``function`` returns ``value``, also while the page leaves for the next one."""

    def has_value() -> bool:
        with suppress(Error, WebDriverException):
            return tab.run(function) == value
        return False

    wait_for(has_value, seconds, lambda: f"{message}: {tab.run(PROBLEMS)}, {tab.run(ROWS)}")


def parts_in(stack: Stack) -> set[Path]:
    """Return the files that have come in pieces and are no songs yet."""
    return set((stack.folder / "uploads").glob("*.part"))


def a_large_mp3(size: int, artist: str = "Ann") -> bytes:
    """Return a second of sound in a file of that size, which nothing makes smaller."""
    noise = PRIV(owner="noise", data=secrets.token_bytes(size))
    return tagged_songs.mp3(genre=noise, artist=TPE1(encoding=3, text=artist))


def test_a_tagged_song_is_dropped_and_one_button_makes_its_film(creator: Tab, network):
    creator.resize(390, 844)
    creator.open(f"{network.url}/")
    drop(creator, song_mp3=tagged_songs.mp3())
    (row,) = wait_for_rows(creator, isReading=False, status="Uploaded")
    assert row["title"] == "Night over Town"
    assert row["artist"] == "Test Singer, Second Singer"
    assert row["lyrics"] == tagged_songs.LYRICS
    assert row["cover"]
    assert creator.run(PATH) == "/videos/new/files/"
    assert creator.run(FITS)
    creator.click(MAKE)
    status = "() => document.querySelector('#video-status')?.dataset.status"
    wait_for_value(creator, status, "SUCCESS", RENDER_TIMEOUT, "No film is made")
    heading = creator.run("() => document.querySelector('h1').textContent.trim()")
    assert heading == "Night over Town"


def test_songs_arrive_through_a_network_that_breaks_three_times(creator: Tab, network, stack):
    creator.resize(1440, 900)
    creator.open(f"{network.url}/videos/")
    network.cut_after(*[MEBIBYTE // 2] * 3)
    drop(
        creator,
        first_mp3=a_large_mp3(2 * MEBIBYTE),
        second_wav=media_files.wav(2.0),
        second_lrc=b"[ti:Second Song]\n[00:00.50]la la",
        second_jpg=media_files.jpeg(90, 90),
        stray_lrc=b"[00:01.00]x",
        notes_pdf=b"x",
        empty_mp3=b"",
    )
    assert creator.run(REFUSED) == [
        "notes.pdf is neither a song nor a cover nor lyrics.",
        "empty.mp3 is empty.",
        "stray.lrc belongs to no song here: give the lyrics the name of their song, and drop both.",
    ]
    first, second = wait_for_rows(creator, isReading=False, status="Uploaded")
    assert network.times_cut == 3
    assert (first["artist"], second["title"], second["cover"]) == ("Ann", "Second Song", True)
    assert creator.run(FITS)
    (songs,) = stack.execute("SELECT COUNT(*) FROM videos_track")
    creator.click(MAKE)
    wait_for_value(creator, PATH, "/videos/", 40, "The library does not open")
    (later,) = stack.execute("SELECT COUNT(*) FROM videos_track")
    assert later[0] == songs[0] + 2


def test_what_is_cancelled_leaves_nothing_and_can_be_made_after_all(creator: Tab, network, stack):
    network.cut_after()
    before = parts_in(stack)  # of which the network lost the addresses: they expire
    creator.open(f"{network.url}/videos/new/")
    drop(creator, third_mp3=a_large_mp3(3 * MEBIBYTE), wrong_mp3=b"no sound")
    creator.run(CANCEL)
    wait_for_rows(creator, status="Cancelled. Nothing of it was stored.")
    wait_for(lambda: parts_in(stack) <= before, 10, "Something is left")
    creator.click(MAKE)
    done = "() => document.querySelector('.drop-problem').textContent"
    sentence = "1 of 2 are being made. What is wrong with the others stands beside them."
    wait_for_value(creator, done, sentence, 40, "Nothing is made")
    third, wrong = creator.run(ROWS)
    assert third["answer"].startswith("Being made:")
    assert wrong["answer"].startswith("Audio: ")


@pytest.mark.nightly
def test_200_megabytes_arrive_through_a_network_that_breaks(
    creator: Tab, network, stack, tmp_path: Path
):
    if not hasattr(creator, "page"):
        pytest.skip("Only Playwright chooses files by their paths.")
    sound = media_files.wav(2.0)
    junk = 199 * MEBIBYTE
    file = tmp_path / "large.wav"
    file.write_bytes(sound + b"JUNK" + struct.pack("<I", junk) + bytes(junk))
    creator.open(f"{network.url}/videos/new/files/")
    network.cut_after(*[50 * MEBIBYTE] * 3)
    creator.page.set_input_files("#drop-files", file)
    wait_for(lambda: creator.run(ROWS), 20, "No row")
    wait_for(
        lambda: creator.run(ROWS)[0]["status"] == "Uploaded", 300, lambda: str(creator.run(ROWS))
    )
    assert network.times_cut == 3
    creator.click(MAKE)
    kind = "() => document.querySelector('#video-status') !== null"
    wait_for_value(creator, kind, True, 60, "The page of the film does not open")
