"""What somebody posts with a film: texts as each network wants them, within its limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from videos.lyrics.timed_lyrics import film_lines
from videos.models import Video
from videos.render.lyrics import Line
from videos.share.addresses import page_url
from videos.share.audience import is_shared
from videos.share.chapters import chapter_list
from videos.share.hashtags import hashtags
from videos.share.provenance import provenance

# Limits of the networks, as they counted in 2026: YouTube in characters, the others in UTF-16 units
YOUTUBE_TITLE, YOUTUBE_DESCRIPTION = 100, 5000
SHORT_CAPTION = 2200  # of TikTok and Reels; Shorts have a title of YouTube's
MESSAGE = 1024  # of Telegram below a film; WhatsApp's is longer
MAX_LONG_HASHTAGS, MAX_SHORT_HASHTAGS = 8, 5
# YouTube refuses angle brackets
_NO_BRACKETS = str.maketrans("<>", "‹›")


def count_characters(text: str) -> int:
    """Return the number of code points."""
    return len(text)


def count_units(text: str) -> int:
    """Return the number of UTF-16 units: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class PostText:
    """A text to copy: its name in the page, its label, and the network's limit."""

    name: str
    label: str
    text: str
    limit: int
    count: Callable[[str], int] = count_units

    @property
    def length(self) -> int:
        """How much of the limit it takes."""
        return self.count(self.text)


@dataclass(frozen=True)
class Post:
    """The texts for one kind of network, and what is best posted there."""

    key: str
    label: str
    hint: str
    texts: tuple[PostText, ...]


def post_kit(video: Video) -> tuple[Post, ...]:
    """Return the posts of a finished film."""
    lines = film_lines(video)
    return (_youtube(video, lines), _short(video), _message(video))


def _youtube(video: Video, lines: Sequence[Line]) -> Post:
    name = _name(video)
    suffix = f" ({_('Lyric video')})" if lines else ""
    title = _cut(name, YOUTUBE_TITLE - len(suffix)) + suffix
    tags = " ".join(hashtags(video.track, MAX_LONG_HASHTAGS, "lyricvideo" if lines else "music"))
    parts = [
        name,
        page_url(video) if is_shared(video) else "",
        "\n".join(chapter_list(lines, video.duration or 0)),
        _credits(video),
    ]
    words = "\n".join(_words(lines))
    room = YOUTUBE_DESCRIPTION - sum(len(part) + 2 for part in (*parts, tags))
    if words and len(words) + len(_("Lyrics")) + 4 <= room:
        parts.insert(3, f"{_('Lyrics')}\n{words}")
    description = "\n\n".join(part for part in (*parts, tags) if part)
    texts = (
        _text("title", _("Title"), title, YOUTUBE_TITLE),
        _text("description", _("Description"), description, YOUTUBE_DESCRIPTION),
    )
    hint = _("Wide films. Add the captions as a file, and the thumbnail.")
    return Post("youtube", "YouTube", hint, texts)


def _short(video: Video) -> Post:
    tags = " ".join(hashtags(video.track, MAX_SHORT_HASHTAGS, "music", "newmusic"))
    credit = f"{_('Music')}: {video.author}" if video.author else ""
    caption = "\n".join(part for part in (f"{_name(video)} 🎵", credit, tags) if part)
    title = _cut(_name(video), YOUTUBE_TITLE - len(" #shorts")) + " #shorts"
    texts = (
        PostText("caption", _("Caption"), caption, SHORT_CAPTION),
        _text("shorts-title", _("Title of a Short"), title, YOUTUBE_TITLE),
    )
    hint = _("Tall films of up to a minute do best.")
    return Post("short", "TikTok · Reels · Shorts", hint, texts)


def _message(video: Video) -> Post:
    link = page_url(video) if is_shared(video) else ""
    text = "\n".join(part for part in (_name(video), link) if part)
    hint = "" if link else _("Share the video to have its link in here.")
    texts = (PostText("message", _("Message"), text, MESSAGE),)
    return Post("message", _("Messengers"), hint, texts)


def _text(name: str, label: str, text: str, limit: int) -> PostText:
    """Return a text for YouTube."""
    return PostText(name, label, text.translate(_NO_BRACKETS), limit, count_characters)


def _name(video: Video) -> str:
    return f"{video.author} – {video.title}" if video.author else video.title


def _credits(video: Video) -> str:
    artist = video.track.artist
    rows = [f"{_('Artist')}: {artist}" if artist and artist != video.author else ""]
    rows += [provenance(video), video.domain_name]
    return "\n".join(row for row in rows if row)


def _words(lines: Sequence[Line]) -> list[str]:
    """Return the rows of the lyrics, with a blank one above each section."""
    rows: list[str] = []
    for line in lines:
        rows += [""] if line.section and rows else []
        rows.append(line.text)
    return rows


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
