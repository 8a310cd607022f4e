"""The names of downloads of one video."""

from videos.models import MusicTask, Track, Video
from videos.share.file_names import film_file_name, lyrics_file_name


def a_video_of(title: str, author: str = "", **fields: str) -> Video:
    return Video(track=Track(music_task=MusicTask(), title=title), author=author, **fields)


def test_films_of_one_song_have_names_of_their_own():
    video = a_video_of("Ночь", "Лев", format="9:16", look="orbit", provider="builtin")
    assert film_file_name(video) == "Ночь – Лев (Orbit 9x16).mp4"
    assert film_file_name(a_video_of("Night", provider="kie")) == "Night.mp4"


def test_the_longest_title_leaves_the_ending_whole():
    video = a_video_of("夜" * 200, "街" * 50, format="1:1", look="wave", provider="builtin")
    name = film_file_name(video)
    assert len(name.encode()) <= 120
    assert name.endswith("夜 (Wave 1x1).mp4")


def test_lyrics_are_named_after_the_song():
    assert lyrics_file_name(a_video_of("Night", "Ann"), "vtt") == "Night – Ann.vtt"
    assert lyrics_file_name(a_video_of("???"), "srt") == "lyrics.srt"
