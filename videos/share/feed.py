"""The Atom feed of an author's public videos."""

from collections.abc import Iterable

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from videos.models import Video
from videos.share.addresses import page_url, url_of
from videos.share.xml_text import xml_text

CONTENT_TYPE = Atom1Feed.content_type


def author_feed(video: Video, videos: Iterable[Video]) -> str:
    """Return the feed of ``videos``, which are by the author of ``video``, the latest first."""
    author = xml_text(video.author)
    feed = Atom1Feed(
        title=_("Videos by %(author)s") % {"author": author} if author else _("Videos"),
        link=url_of("videos:more", video),
        feed_url=url_of("videos:more_feed", video),
        description="",
        author_name=author or None,
    )
    for each in videos:
        feed.add_item(
            title=xml_text(str(each.title)),
            link=page_url(each),
            description="",
            unique_id=f"urn:uuid:{each.pk}",
            author_name=xml_text(each.author) or None,
            pubdate=each.completed_at,
            updateddate=each.completed_at,
        )
    text: str = feed.writeString("utf-8")
    return text
