"""Makes the demo song from nothing: its music, its cover and its timed lyrics.

`python -m videos.demo.make_song` writes all three beside this file again, in a minute or two. The
music is synthesised and the cover painted with NumPy and Pillow, PyAV encodes; nothing is random
that does not come from a fixed seed, so the same versions make the same files.
"""

from videos.demo import AUDIO, AUTHOR, COVER, LYRICS, TAGS, TITLE
from videos.demo.music.melody import to_lrc
from videos.demo.music.mix import mastered, mixed
from videos.demo.music.mp3 import write_mp3
from videos.demo.music.score import DURATION, song_bars
from videos.demo.picture.cover import write_cover


def main() -> None:
    """Write the song, the cover and the lyrics, saying so."""
    print(f"Playing {TITLE}…")
    song = mastered(mixed(song_bars(), DURATION))
    write_mp3(song, AUDIO, {"title": TITLE, "artist": AUTHOR, "genre": TAGS.split(",")[0]})
    print("Writing the lyrics down…")
    LYRICS.write_text(to_lrc(), encoding="utf-8")
    print("Painting the cover…")
    write_cover(COVER)


if __name__ == "__main__":
    main()
