"""Files that are dropped on a page of the portal, in any browser, and what becomes of them."""

import base64
import secrets

from mutagen.id3 import PRIV, TPE1

from tests import tagged_songs
from tests.browsers.tab import Tab, wait_for_value
from tests.stack import wait_for

MEBIBYTE = 1024 * 1024

# The files are as old as if they lay on a disk: whoever drops one again drops the same one
DROP = """files => {
    const data = new DataTransfer();
    for (const [name, content, padding] of files) {
        const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));
        data.items.add(new File([bytes, new Uint8Array(padding)], name, {lastModified: 1.7e12}));
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
PATH = "() => location.pathname"
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
PROBLEMS = """() =>
    [...document.querySelectorAll(".drop-problem, .drop-total")].map(each => each.textContent)"""
MAKE = ".drop-side [type=submit]"


def drop(tab: Tab, *, padding: int = 0, **files: bytes) -> None:
    """Drop files, each with ``padding`` zeros at its end; ``night_mp3`` is night.mp3's name."""
    encoded = [
        [name.replace("_", "."), base64.b64encode(data).decode(), padding]
        for name, data in files.items()
    ]
    tab.run(DROP, encoded)
    wait_for(lambda: tab.run("() => Boolean(document.querySelector('.drop-song'))"), 20, "No row")


def wait_for_rows(tab: Tab, **values: object) -> list[dict[str, object]]:
    """Wait until each row has these values; return the rows."""

    def rows() -> list[dict[str, object]]:
        shown = tab.run(ROWS)
        return shown if all(row.items() >= values.items() for row in shown) else []

    return wait_for(rows, 40, lambda: f"The rows are {tab.run(ROWS)}")


def wait_for_page(tab: Tab, function: str, value: object, seconds: float, message: str) -> None:
    """Wait until ``function`` returns ``value``; a failure says what stands in the rows."""

    def full_message() -> str:
        return f"{message}: {tab.run(PROBLEMS)}, {tab.run(ROWS)}"

    wait_for_value(tab, function, value, seconds, full_message)


def a_large_mp3(size: int, artist: str = "Ann") -> bytes:
    """Return a second of sound in a file of that size, which nothing makes smaller."""
    noise = PRIV(owner="noise", data=secrets.token_bytes(size))
    return tagged_songs.mp3(genre=noise, artist=TPE1(encoding=3, text=artist))
