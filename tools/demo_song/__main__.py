"""Makes the demo song: its music, its cover and its timed lyrics.

``python -m tools.demo_song`` writes all three to ``videos/demo/`` again, in a minute or two. NumPy
synthesises the music and paints the cover with Pillow, PyAV encodes. All random numbers have fixed
seeds, so the same versions of the packages make the same files.
"""

from tools.demo_song.music.melody import to_lrc
from tools.demo_song.music.mix import master, mix_bars
from tools.demo_song.music.mp3 import write_mp3
from tools.demo_song.music.score import DURATION, song_bars
from tools.demo_song.picture.cover import write_cover
from videos.demo import AUDIO, AUTHOR, COVER, LYRICS, TAGS, TITLE


def main() -> None:
    """Write the song, the cover and the lyrics, and print each step."""
    print(f"Playing {TITLE}…")
    song = master(mix_bars(song_bars(), DURATION))
    write_mp3(song, AUDIO, {"title": TITLE, "artist": AUTHOR, "genre": TAGS.split(",")[0]})
    print("Writing the lyrics down…")
    LYRICS.write_text(to_lrc(), encoding="utf-8")
    print("Painting the cover…")
    write_cover(COVER)


if __name__ == "__main__":
    main()
