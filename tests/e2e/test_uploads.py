"""Files arrive through a network that breaks, after a reload of the page, or not at all."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import media_files, tagged_songs
from tests.breaking_network import BreakingNetwork, breaking_network
from tests.browsers.tab import Tab
from tests.e2e.dropping import (
    FITS,
    MAKE,
    MEBIBYTE,
    PATH,
    ROWS,
    a_large_mp3,
    drop,
    wait_for_page,
    wait_for_rows,
)
from tests.e2e.log_ins import log_in_tab
from tests.pairwise import at_night
from tests.stack import Stack, wait_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.parametrize(
        "tab", ["chromium", *at_night(["firefox", "webkit"])], indirect=True, scope="module"
    ),
]

REFUSED = "() => [...document.querySelectorAll('.drop-refused li')].map(each => each.textContent)"
CANCEL = "() => document.querySelector('[data-cancel]').click()"  # a mouse may come too late
LONG_OUTAGE = 60.0  # seconds, which nobody waits for


@pytest.fixture(scope="module")
def network(stack: Stack) -> Iterator[BreakingNetwork]:
    with breaking_network(stack.url) as network:
        yield network


@pytest.fixture(scope="module")
def creator(tab: Tab, network: BreakingNetwork, stack: Stack) -> Tab:
    """Return the tab of somebody who has logged in."""
    network.cut_after()
    log_in_tab(tab, network.url, stack)
    return tab


def parts_in(stack: Stack) -> set[Path]:
    """Return the files that have come in pieces and are no songs yet."""
    return set((stack.folder / "uploads").glob("*.part"))


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
    wait_for_page(creator, PATH, "/videos/", 40, "The library does not open")
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
    wait_for_page(creator, done, sentence, 40, "Nothing is made")
    third, wrong = creator.run(ROWS)
    assert third["answer"].startswith("Being made:")
    assert wrong["answer"].startswith("Audio: ")


def test_an_upload_goes_on_where_it_was_after_the_page_is_loaded_anew(creator: Tab, network, stack):
    network.cut_after()
    before = parts_in(stack)
    address = f"{network.url}/videos/new/files/"
    creator.open(address)
    # 8 MiB of it are sent to read its tags, and some are lost on their way
    network.cut_after(20 * MEBIBYTE, outage=LONG_OUTAGE)
    drop(creator, padding=24 * MEBIBYTE, fourth_mp3=tagged_songs.mp3())
    wait_for(lambda: network.times_cut, 30, "The network does not break")
    (part,) = parts_in(stack) - before
    arrived = part.stat().st_size
    assert MEBIBYTE < arrived < 24 * MEBIBYTE
    creator.open(f"{stack.url}/healthz")  # before the page can go on itself
    network.cut_after()
    creator.open(address)
    drop(creator, padding=24 * MEBIBYTE, fourth_mp3=tagged_songs.mp3())
    wait_for_rows(creator, isReading=False, status="Uploaded")
    assert parts_in(stack) - before == {part}  # no other one was begun
    assert part.stat().st_size > 24 * MEBIBYTE
    assert network.sent < 8 * MEBIBYTE + 24 * MEBIBYTE - arrived + 2 * MEBIBYTE
    creator.open(address)
    drop(creator, padding=24 * MEBIBYTE, fourth_mp3=tagged_songs.mp3())
    wait_for_rows(creator, isReading=False, status="Uploaded")  # nothing of it is sent again
    assert parts_in(stack) - before == {part}


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
    wait_for_page(creator, kind, True, 60, "The page of the film does not open")
