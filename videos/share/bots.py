"""Which requests come from programs: search engines, link previews and scripts."""

import re

from django.http import HttpRequest

# As they call themselves. Cubot makes telephones; WhatsApp's own name is that of its link previews,
# its browser has another
_BOTS = re.compile(
    r"(?<!cu)bot\b|bot[/_]|crawl|spider|slurp|scrap|archiver|monitor|preview|unfurl|embed(?:ly|\b)|fetch"
    r"|facebookexternalhit|facebookcatalog|meta-external|whatsapp/|skypeuripreview|vkshare"
    r"|mastodon/|misskey|pleroma|iframely|pinterest/|snapchat ads|headless|lighthouse|phantomjs"
    r"|selenium|playwright|puppeteer|curl/|wget/|python|java/|okhttp|go-http|libwww|ruby|perl|php/"
    r"|node-fetch|axios|httpx|aiohttp|postman|applebot|bingpreview|google(?:other|-)|mediapartners",
    re.IGNORECASE,
)
_MIN_LENGTH = 20  # characters: every browser has more to say of itself


def is_bot(request: HttpRequest) -> bool:
    """Return whether a program sent ``request``, as far as it does not pretend to be a browser."""
    agent = request.headers.get("User-Agent", "")
    if len(agent) < _MIN_LENGTH or _BOTS.search(agent):
        return True
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
