"""What the file of a song says of it: title, artists, lyrics, cover and more of its tags."""

from videos.render.tags.reading import read_song_tags
from videos.render.tags.song_tags import SongTags

__all__ = ["SongTags", "read_song_tags"]
