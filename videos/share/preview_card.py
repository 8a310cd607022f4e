"""The values of a share page's meta tags; the tags are in ``templates/share/_card_tags.html``."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from videos.models import Video
from videos.render.sandbox.examine import MAX_POSTER_SIDE
from videos.render.sandbox.pictures import PREVIEW_SIZE
from videos.share.addresses import embed_url, film_url, page_url, url_of
from videos.statuses import Visibility

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Card:
    """The values of a share page's meta tags; every address is absolute, sizes are in pixels."""

    title: str
    description: str
    author: str
    site_name: str
    url: str
    image_url: str
    image_alt: str
    image_width: int
    image_height: int
    film_url: str
    video_url: str  # what chats play: the film, a piece of a large one, or empty
    embed_url: str  # empty where the owner allows no embedding
    width: int
    height: int
    duration: int  # seconds
    published: str  # ISO 8601 with the zone
    noindex: bool

    type = "video.other"
    image_type = "image/jpeg"
    video_type = "video/mp4"

    @property
    def secure(self) -> bool:
        """Whether the film has an https address, which players on other sites require."""
        return self.film_url.startswith("https://")

    @property
    def twitter_card(self) -> str:
        """The kind of preview that X may show."""
        return "player" if self.has_player and self.video_url else "summary_large_image"

    @property
    def has_player(self) -> bool:
        """Whether other sites may show a player: embedding is allowed, and by https."""
        return self.secure and bool(self.embed_url)

    @property
    def json_ld(self) -> SafeString:
        """The video as schema.org's VideoObject in JSON, safe inside a ``<script>``."""
        data = {
            "@context": "https://schema.org",
            "@type": "VideoObject",
            "name": self.title,
            "description": self.description,
            "thumbnailUrl": [self.image_url] if self.image_url else [],
            "uploadDate": self.published,
            "contentUrl": self.film_url,
            "url": self.url,
            "duration": f"PT{self.duration}S",
            "width": self.width,
            "height": self.height,
        }
        if self.embed_url:
            data["embedUrl"] = self.embed_url
        return SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # nosec B703


def card(video: Video) -> Card:
    """Return the card of a finished video."""
    title = str(video.title)
    published = video.completed_at or video.created_at
    image_url, image_width, image_height = _image(video)
    return Card(
        title=title,
        description=_description(video),
        author=video.author,
        site_name=settings.SITE_NAME,
        url=page_url(video),
        image_url=image_url,
        image_alt=_("A picture of the video “%(title)s”") % {"title": title},
        image_width=image_width,
        image_height=image_height,
        film_url=film_url(video),
        video_url=_playable_url(video),
        embed_url=embed_url(video) if video.is_embeddable else "",
        width=video.width or 0,
        height=video.height or 0,
        duration=round(video.duration or 0),
        published=published.isoformat(timespec="seconds"),
        noindex=video.visibility != Visibility.PUBLIC,
    )


def _image(video: Video) -> tuple[str, int, int]:
    """Return the address and the size of the picture: the poster, until there is a better one."""
    if video.preview_picture:
        return url_of("videos:preview_picture", video), *PREVIEW_SIZE
    if not (video.poster and video.width and video.height):
        return "", 0, 0
    scale = min(1.0, MAX_POSTER_SIDE / max(video.width, video.height))
    size = round(video.width * scale), round(video.height * scale)
    return url_of("videos:poster", video), *size


def _playable_url(video: Video) -> str:
    """Return what chats play: they give up on large films."""
    if (video.size or 0) <= settings.MAX_PREVIEW_FILM_BYTES:
        return film_url(video)
    return url_of("videos:teaser", video) if video.teaser else ""


def _description(video: Video) -> str:
    if video.author:
        return _("A music video by %(author)s.") % {"author": video.author}
    return _("A music video.")
