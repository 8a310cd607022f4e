"""What services show of a link, by the rules that they publish: a small parser for each.

``docs/sharing.md`` has the rules as a table, with where they are published.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

KB = 1024
MB = 1024 * KB
FILMS = {"video/mp4", "video/webm", "video/quicktime"}


@dataclass(frozen=True)
class File:
    """A file behind an address, as a service measures it."""

    content_type: str
    size: int
    width: int = 0
    height: int = 0


Fetch = Callable[[str], File]
FetchText = Callable[[str], str]


@dataclass
class Preview:
    """What a service shows."""

    title: str
    description: str = ""
    image: str = ""
    video: str = ""  # a file that plays in the chat
    player: str = ""  # a page in a frame
    layout: str = ""
    author: str = ""


@dataclass
class Page(HTMLParser):
    """The head of a page: its tags, in their order."""

    text: str
    tags: list[tuple[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.text.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in values:
            self.tags.append((values.get("name") or values.get("property", ""), values["content"]))
        elif tag == "link":
            self.links.append(values)

    def first(self, *names: str) -> str:
        """Return the first value that is not empty of the first of ``names`` that has one."""
        for name in names:
            if value := next((value for key, value in self.tags if key == name and value), ""):
                return value
        return ""

    def oembed_url(self) -> str:
        kind = "application/json+oembed"
        return next((link["href"] for link in self.links if link.get("type") == kind), "")


def discord(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Lay out by the last layout tag; play a film by https that has a picture."""
    page = Page(text)
    urls = [value for _, value in page.tags if value.startswith(("http://", "https://"))]
    assert max(map(len, urls)) <= 2048
    assert len(page.first("og:site_name")) <= 256
    oembed = json.loads(fetch_text(page.oembed_url())) if page.oembed_url() else {}
    layout = [
        "video" if value.partition(".")[0] in {"video", "player"} else value
        for key, value in page.tags
        if (key == "og:type" and value.startswith("video"))
        or (key == "twitter:card" and value in {"player", "summary_large_image", "photo"})
    ][-1]
    image = page.first("og:image", "twitter:image")
    video = page.first("og:video", "twitter:player:stream")
    plays = layout == "video" and image and video.startswith("https://")
    plays = plays and fetch(video).content_type in FILMS and fetch(video).size <= 100 * MB
    return Preview(
        title=page.first("og:title", "twitter:title")[:70],
        description="" if plays else page.first("og:description", "twitter:description"),
        image=image,
        video=video if plays else "",
        layout="video" if plays else layout,
        author=str(oembed.get("author_name", "")),
    )


def telegram(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Show the picture, or play the film, of the sizes that it takes by address."""
    page = Page(text)
    image, video = page.first("og:image", "twitter:image"), page.first("og:video")
    plays = video and page.first("og:video:type") == "video/mp4" and fetch(video).size <= 20 * MB
    return Preview(
        title=page.first("og:title", "twitter:title"),
        description=page.first("og:description", "twitter:description", "description"),
        image=image if fetch(image).size <= 5 * MB else "",
        video=video if plays else "",
    )


def whatsapp(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Read the head if it is among the first 300 kB; show a picture of up to 600 kB."""
    head = text.encode()[: 300 * KB]
    assert b"</head>" in head
    page = Page(head.decode())
    assert page.first("og:title")
    assert page.first("og:description")
    assert page.first("og:url")
    image = page.first("og:image")
    file = fetch(image)
    fits = file.size <= 600 * KB and file.width >= 300 and file.width <= 4 * file.height
    return Preview(page.first("og:title"), page.first("og:description"), image if fits else "")


def slack(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Read the beginning of the page only, and oEmbed for the author."""
    page = Page(text.encode()[: 32 * KB].decode(errors="ignore"))
    oembed = json.loads(fetch_text(page.oembed_url())) if page.oembed_url() else {}
    return Preview(
        title=oembed.get("title") or page.first("og:title", "twitter:title"),
        description=page.first("twitter:description", "og:description"),
        image=page.first("twitter:image", "og:image"),
        author=str(oembed.get("author_name", "")),
    )


def x(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Show the card that the page names, where all of its tags are there."""
    page = Page(text)
    layout, image = page.first("twitter:card"), page.first("twitter:image", "og:image")
    file = fetch(image)
    fits = file.size < 5 * MB and 300 <= file.width <= 4096 and 157 <= file.height <= 4096
    player = page.first("twitter:player") if layout == "player" else ""
    if layout == "player":
        assert player.startswith("https://")
        assert int(page.first("twitter:player:width")) > 0
        assert int(page.first("twitter:player:height")) > 0
    return Preview(
        title=page.first("twitter:title", "og:title")[:70],
        description=page.first("twitter:description", "og:description")[:200],
        image=image if fits else "",
        player=player,
        layout=layout,
    )


def mastodon(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Ask oEmbed first; a frame of its answer is the player."""
    page = Page(text.encode()[: 1 * MB].decode())
    if url := page.oembed_url():
        oembed = json.loads(fetch_text(url))
        assert oembed["version"] == "1.0"
        assert oembed["type"] == "video"
        frame = oembed["html"].partition('src="')[2].partition('"')[0]
        author = str(oembed.get("author_name", ""))
        image = oembed.get("thumbnail_url", "")
        return Preview(oembed["title"], image=image, player=frame, author=author)
    return Preview(
        title=page.first("og:title"),
        description=page.first("og:description", "description"),
        image=page.first("og:image"),
        player=page.first("twitter:player"),
    )


def facebook(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Show a large picture of at least 600 × 315 pixels and up to 8 MB, at the first share, too."""
    page = Page(text.encode()[: 1 * MB].decode())
    for name in ("og:url", "og:title", "og:type", "og:image"):
        assert page.first(name), name
    image = page.first("og:image")
    file = fetch(image)
    declared = int(page.first("og:image:width")), int(page.first("og:image:height"))
    assert declared == (file.width, file.height)
    large = file.width >= 600 and file.height >= 315 and file.size <= 8 * MB
    video = page.first("og:video:secure_url")
    return Preview(
        title=page.first("og:title"),
        description=page.first("og:description"),
        image=image if file.width >= 200 and file.size <= 8 * MB else "",
        video=video if page.first("og:video:type") == "video/mp4" else "",
        layout="large" if large else "small",
    )


def imessage(text: str, fetch: Fetch, fetch_text: FetchText) -> Preview:
    """Show a picture as wide as the bubble, of at least 900 pixels; files have 10 MB together."""
    page = Page(text)
    image, video = page.first("og:image"), page.first("og:video:secure_url", "og:video")
    room = 10 * MB - fetch(image).size
    plays = video.startswith("https://") and fetch(video).size <= room
    return Preview(
        title=page.first("og:title"),
        image=image if room >= 0 else "",
        video=video if plays else "",
        layout="large" if fetch(image).width >= 900 else "small",
    )


ALL = (discord, telegram, whatsapp, slack, x, mastodon, facebook, imessage)
