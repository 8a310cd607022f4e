"""Many songs with their covers and lyrics are dropped in one go, and become films by one form."""

import pytest
from mutagen.id3 import TIT2

from tests import media_files, tagged_songs
from tests.browsers.tab import Tab
from tests.e2e.dropping import MAKE, PATH, drop, wait_for_page, wait_for_rows
from tests.e2e.log_ins import log_in_tab
from tests.pairwise import at_night
from tests.stack import Stack, wait_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.parametrize("tab", ["chromium"], indirect=True, scope="module"),
]

FILM_TIMEOUT = 30  # seconds a film, on a busy machine
FILMS = """
    SELECT track.title, track.lyrics, track.cover != '', video.status, video.format, video.film
    FROM videos_video video
    JOIN videos_track track ON track.id = video.track_id
    JOIN videos_user owner ON owner.id = video.owner_id
    WHERE owner.email = ? AND track.title LIKE ?
"""


def a_batch(count: int) -> dict[str, bytes]:
    """Return the files of so many songs, with a cover and timed lyrics of the same name each."""
    files = {}
    sound = media_files.sound(".mp3", "libmp3lame", seconds=3.0)
    for number in range(count):
        name = f"{number:02}"
        title = TIT2(encoding=3, text=f"Song {name} of {count}")
        files[f"{name}_mp3"] = tagged_songs.tag(sound, title=title, lyrics=None, cover=None)
        files[f"{name}_jpg"] = media_files.jpeg(90, 90)
        files[f"{name}_lrc"] = f"[00:00.50]The words of {name}".encode()
    return files


@pytest.mark.parametrize("count", [3, *at_night([20])])
def test_songs_with_covers_and_lyrics_become_films_by_one_form(tab: Tab, stack: Stack, count: int):
    log_in_tab(tab, stack.url, stack)
    drop(tab, **a_batch(count))
    songs = wait_for_rows(tab, isReading=False, status="Uploaded", cover=True)
    assert [song["title"] for song in songs] == [
        f"Song {number:02} of {count}" for number in range(count)
    ]
    assert [song["lyrics"] for song in songs] == [
        f"[00:00.50]The words of {number:02}" for number in range(count)
    ]
    tab.run("() => document.querySelector('[name=format][value=\"1:1\"]').click()")
    tab.run("() => document.querySelector('[name=format][value=\"16:9\"]').click()")
    tab.click(MAKE)
    wait_for_page(tab, PATH, "/videos/", 20 + 5 * count, "The library does not open")

    def films() -> list[tuple[object, ...]]:
        rows = stack.execute(FILMS, stack.account, f"% of {count}")
        return rows if all(film for *_, film in rows) else []

    made = wait_for(
        films, count * FILM_TIMEOUT, lambda: str(stack.execute(FILMS, stack.account, "%"))
    )
    assert sorted(film[:5] for film in made) == [
        (f"Song {number:02} of {count}", f"[00:00.50]The words of {number:02}", 1, "SUCCESS", "1:1")
        for number in range(count)
    ]
