"""From an order to a film: the verbs that forms, the admin, commands and workers share."""

from videos.pipeline.claim import stopping
from videos.pipeline.orders import (
    ask_now,
    cancel,
    copy_now,
    order,
    providers_for,
    remove,
    remove_song,
    try_again,
)
from videos.pipeline.polling import adopt, called_back, refresh
from videos.pipeline.preview import still
from videos.pipeline.quota import QuotaReached, check_order, check_storage, videos_left
from videos.pipeline.song_analysis import listen
from videos.pipeline.song_files import bring_audio_home, bring_cover_home
from videos.pipeline.song_imports import fetch, fetch_next, order_song
from videos.pipeline.vendor_calls import VendorDown, credits
from videos.pipeline.vendor_songs import fetch_word_times, find_song, follow_song, song_by_hand
from videos.pipeline.worker import produce, produce_next

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
