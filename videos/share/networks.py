"""Links to networks' own forms with a video's page in them: none of their scripts runs here."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _


class NetworkLink(NamedTuple):
    """A network's name and the address of its form."""

    label: str
    url: str


# Name, address of the form, and what it calls the page's address and its title
_NETWORKS = (
    ("WhatsApp", "https://wa.me/", "", "text"),
    ("Telegram", "https://t.me/share/url", "url", "text"),
    ("X", "https://x.com/intent/post", "url", "text"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php", "u", ""),
    ("Bluesky", "https://bsky.app/intent/compose", "", "text"),
    ("Reddit", "https://www.reddit.com/submit", "url", "title"),
    ("VK", "https://vk.com/share.php", "url", "title"),
    ("Weibo", "https://service.weibo.com/share/share.php", "url", "title"),
)


def network_links(page_url: str, title: str) -> list[NetworkLink]:
    """Return the links for the page at ``page_url``, and one that writes an e-mail."""
    links = [
        NetworkLink(label, f"{form}?{urlencode(_fields(page_url, title, url_name, text_name))}")
        for label, form, url_name, text_name in _NETWORKS
    ]
    mail = f"mailto:?subject={quote(title)}&body={quote(page_url)}"
    return [*links, NetworkLink(_("E-mail"), mail)]


def _fields(page_url: str, title: str, url_name: str, text_name: str) -> dict[str, str]:
    """Return the fields of a form; one with a text only has the address in it."""
    if not url_name:
        return {text_name: f"{title} {page_url}"}
    return {url_name: page_url} | ({text_name: title} if text_name else {})
