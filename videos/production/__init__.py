"""From an order to a film: the verbs that forms, the admin, commands and workers share."""

from videos.production.claim import stopping
from videos.production.fetching import fetch, fetch_next, order_song
from videos.production.following import adopt, called_back, refresh
from videos.production.line import produce, produce_next
from videos.production.listening import listen
from videos.production.media import bring_audio_home, bring_cover_home
from videos.production.orders import (
    ask_now,
    cancel,
    copy_now,
    order,
    providers_for,
    remove,
    remove_song,
    try_again,
)
from videos.production.preview import still
from videos.production.quota import QuotaReached, check_order, check_storage, videos_left
from videos.production.songs import fetch_word_times, find_song, follow_song, song_by_hand
from videos.production.upstream import VendorDown, credits

__all__ = [
    "QuotaReached",
    "VendorDown",
    "adopt",
    "ask_now",
    "bring_audio_home",
    "bring_cover_home",
    "called_back",
    "cancel",
    "check_order",
    "check_storage",
    "copy_now",
    "credits",
    "fetch",
    "fetch_next",
    "fetch_word_times",
    "find_song",
    "follow_song",
    "listen",
    "order",
    "order_song",
    "produce",
    "produce_next",
    "providers_for",
    "refresh",
    "remove",
    "remove_song",
    "song_by_hand",
    "still",
    "stopping",
    "try_again",
    "videos_left",
]
