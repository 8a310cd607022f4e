"""The names under which visitors save what belongs to a video."""

from videos.media.file_names import safe_file_name
from videos.models import Video


def film_file_name(video: Video) -> str:
    """Return a file name for the film, different from those of other films of the song."""
    ending = ".mp4"
    if video.is_rendered_here:
        ending = f" ({video.get_look_display()} {video.format.replace(':', 'x')}).mp4"
    return safe_file_name(_name(video), ending, "video")


def extra_file_name(video: Video, kind: str, suffix: str) -> str:
    """Return a file name for what goes with the film, such as its "teaser"."""
    return safe_file_name(_name(video), f" ({kind}).{suffix}", kind)


def lyrics_file_name(video: Video, suffix: str) -> str:
    """Return a file name for the lyrics of the song; players look for one like the film's."""
    return safe_file_name(_name(video), f".{suffix}", "lyrics")


def _name(video: Video) -> str:
    return f"{video.title} – {video.author}" if video.author else str(video.title)
