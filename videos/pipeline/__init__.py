"""From an order to a film: the verbs that views, the API, the admin and workers share."""

from videos.pipeline.assets import delete_asset, join_ids
from videos.pipeline.backdrops import store_backdrop
from videos.pipeline.claim import stopping
from videos.pipeline.extras import draw_thumbnail, find_teaser, make_teaser
from videos.pipeline.logos import store_logo
from videos.pipeline.moving_preview import find_moving_preview, make_moving_preview
from videos.pipeline.orders import (
    OrderRequest,
    cancel,
    copy_now,
    delete_song,
    delete_video,
    order,
    poll_now,
    providers_for,
    retry,
)
from videos.pipeline.polling import adopt_vendor_task, refresh_from_vendor
from videos.pipeline.preview import still
from videos.pipeline.quota import (
    PRICE,
    QuotaReached,
    check_order,
    check_storage_quota,
    storage,
    storage_warning,
    videos_left,
)
from videos.pipeline.remakes import remake
from videos.pipeline.song_analysis import analyse_song, analyse_upload, wait_for_analysis
from videos.pipeline.song_files import store_audio, store_cover
from videos.pipeline.song_imports import fetch_next_song, fetch_song, import_song
from videos.pipeline.translations import store_translation
from videos.pipeline.trash import move_to_trash
from videos.pipeline.vendor_calls import VendorUnavailable, credits
from videos.pipeline.vendor_songs import (
    add_song_by_ids,
    fetch_word_times,
    find_song,
    refresh_song,
)
from videos.pipeline.worker import advance, advance_next

__all__ = [
    "PRICE",
    "OrderRequest",
    "QuotaReached",
    "VendorUnavailable",
    "add_song_by_ids",
    "adopt_vendor_task",
    "advance",
    "advance_next",
    "analyse_song",
    "analyse_upload",
    "cancel",
    "check_order",
    "check_storage_quota",
    "copy_now",
    "credits",
    "delete_asset",
    "delete_song",
    "delete_video",
    "draw_thumbnail",
    "fetch_next_song",
    "fetch_song",
    "fetch_word_times",
    "find_moving_preview",
    "find_song",
    "find_teaser",
    "import_song",
    "join_ids",
    "make_moving_preview",
    "make_teaser",
    "move_to_trash",
    "order",
    "poll_now",
    "providers_for",
    "refresh_from_vendor",
    "refresh_song",
    "remake",
    "retry",
    "still",
    "stopping",
    "storage",
    "storage_warning",
    "store_audio",
    "store_backdrop",
    "store_cover",
    "store_logo",
    "store_translation",
    "videos_left",
    "wait_for_analysis",
]
