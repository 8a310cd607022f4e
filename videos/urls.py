"""URL patterns of the pages: a map of the site."""

from django.urls import include, path

from videos.api.upload_permission import upload_permission
from videos.lyrics.captions import CAPTION_FORMATS, EXPORT_FORMATS
from videos.models import ViewCount
from videos.views import (
    account,
    account_data,
    bulk,
    callbacks,
    captions,
    chunked_uploads,
    crawlers,
    dropped_files,
    extras,
    health,
    home,
    icons,
    keys,
    language,
    library,
    lyrics,
    lyrics_sound,
    media,
    metrics,
    more,
    moving_preview,
    new_video,
    oembed,
    post_kit,
    preview,
    ready_mails,
    remakes,
    reports,
    security,
    share,
    sign_up,
    song_picker,
    song_tags,
    songs,
    trash,
    video,
    video_sharing,
    viewers,
    webhooks,
    well_known,
)

app_name = "videos"

video_pages = [
    path("", video.video_detail, name="video"),
    path("status/", video.video_status, name="video_status"),
    path("cancel/", video.cancel_video, name="video_cancel"),
    path("retry/", video.retry_video, name="video_retry"),
    path("moment.jpg", post_kit.moment, name="video_moment"),
    path("remake/", remakes.remake_video, name="video_remake"),
    path("adopt/", video.adopt_vendor_task, name="video_adopt"),
    path("delete/", video.delete_video, name="video_delete"),
    path("restore/", trash.restore_video, name="video_restore"),
    path("purge/", trash.purge_video, name="video_purge"),
    path("visibility/", video_sharing.set_visibility, name="video_visibility"),
    path("password/", video_sharing.set_password, name="video_password"),
    path("end/", video_sharing.set_end, name="video_end"),
    path("answer/", reports.answer_reports, name="video_answer"),
    path("thumbnail.jpg", extras.thumbnail, name="video_thumbnail"),
    path("teaser.mp4", extras.teaser, name="video_teaser"),
    path("permissions/", video_sharing.set_permissions, name="video_permissions"),
]

song_pages = [
    path("", songs.song_detail, name="song"),
    path("delete/", songs.delete_song, name="song_delete"),
    path("words/", songs.fetch_word_times, name="song_words"),
    path("lyrics/", lyrics.edit_lyrics, name="song_lyrics"),
    path("lyrics/save/", lyrics.save_lyrics, name="song_lyrics_save"),
    path("lyrics/restore/", lyrics.restore_lyrics, name="song_lyrics_restore"),
    path("lyrics/vendor/", lyrics.use_vendor_times, name="song_lyrics_vendor"),
    path("lyrics/guess/", lyrics_sound.guess, name="song_lyrics_guess"),
    *(
        path(
            f"lyrics.{suffix}",
            captions.export_lyrics,
            {"suffix": suffix},
            name=f"song_lyrics_{suffix.replace('.', '_')}",
        )
        for suffix in EXPORT_FORMATS
    ),
    path("wave/", lyrics_sound.wave, name="song_wave"),
    path("audio/", media.song_audio, name="song_audio"),
    path("cover/", media.song_cover, name="song_cover"),
    path("thumbnail.webp", media.song_thumbnail, name="song_thumbnail"),
]

share_pages = [
    path("", share.share_page, name="share"),
    path("embed/", share.embed_page, name="embed"),
    *(
        path(f"view/{place}/", viewers.record_view, {"place": place}, name=f"view_{place}")
        for place in ViewCount.Place.values
    ),
    path("report/", reports.report_page, name="report"),
    path("more/", more.more_page, name="more"),
    path("more/feed.xml", more.more_feed, name="more_feed"),
    path("qr.svg", share.qr_code, name="qr"),
    path("video.mp4", media.film, name="film"),
    path("poster.jpg", media.poster, name="poster"),
    *(
        path(
            file,
            media.film_part,
            {"column": column, "content_type": content_type},
            name=column,
        )
        for file, column, content_type in (
            ("preview.jpg", "preview_picture", "image/jpeg"),
            ("poster.webp", "small_poster", "image/webp"),
            ("thumbnail.webp", "thumbnail", "image/webp"),
            ("teaser.mp4", "teaser", "video/mp4"),
        )
    ),
    *(
        path(f"lyrics.{suffix}", captions.lyrics_file, {"suffix": suffix}, name=f"lyrics_{suffix}")
        for suffix in CAPTION_FORMATS
    ),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("videos/", library.library, name="library"),
    path("videos/new/", new_video.new_video, name="new"),
    path("videos/new/film-files/", new_video.upload_film_files, name="film_files"),
    path("videos/new/backdrop/", new_video.upload_backdrop, name="backdrop"),
    path("videos/new/files/", dropped_files.drop_page, name="drop"),
    path("videos/new/files/match/", dropped_files.match_files, name="drop_match"),
    path("videos/new/files/song/", dropped_files.describe_song, name="drop_song"),
    path("videos/new/files/film/", dropped_files.make_film, name="drop_film"),
    path("videos/new/preview/", preview.preview, name="preview"),
    path("videos/new/preview/moving/", moving_preview.moving_preview, name="moving_preview"),
    path("videos/new/preview/moving.mp4", moving_preview.moving_film, name="moving_film"),
    path("videos/new/songs/", song_picker.song_choices, name="song_choices"),
    path("videos/new/song/", new_video.find_song, name="find_song"),
    path("videos/new/song/<int:pk>/", new_video.poll_song, name="follow_song"),
    path("videos/new/credits/<slug:provider>/", new_video.vendor_credits, name="credits"),
    path("videos/trash/", trash.trash, name="trash"),
    path("videos/trash/restore/", bulk.restore_videos, name="videos_restore"),
    path("videos/bulk/", bulk.change_videos, name="videos_change"),
    path("videos/storage/", library.storage, name="storage"),
    path("videos/<uuid:pk>/", include(video_pages)),
    path("songs/", songs.song_list, name="songs"),
    path("songs/new/", songs.upload_song, name="song_new"),
    path("songs/new/tags/", song_tags.file_tags, name="song_tags"),
    path("songs/demo/", songs.add_demo_song, name="song_demo"),
    path("songs/<int:pk>/", include(song_pages)),
    path("v/<slug:slug>/", include(share_pages)),
    path("oembed/", oembed.oembed_view, name="oembed"),
    path("files/<str:token>.mp4", media.api_film, name="api_film"),
    path("files/<str:token>/audio.<str:suffix>", media.api_audio, name="api_audio"),
    path("files/<str:token>/cover.jpg", media.api_cover, name="api_cover"),
    path("callbacks/<str:provider>/<str:token>/", callbacks.vendor_callback, name="callback"),
    path("account/", account.account, name="account"),
    path("account/mails/", ready_mails.set_ready_mails, name="ready_mails"),
    path("mails/stop/<str:token>/", ready_mails.stop_ready_mails, name="ready_mails_stop"),
    path("account/security/", security.security, name="account_security"),
    path("account/security/log-out/", security.end_sessions, name="account_sessions"),
    path("account/data/", account_data.data, name="account_data"),
    path("account/data/export/", account_data.order_export, name="account_export"),
    path("account/data/<uuid:pk>.zip", account_data.download_export, name="account_download"),
    path("account/delete/", account_data.delete_account, name="account_delete"),
    path("account/waiting/", sign_up.approval_pending, name="approval_pending"),
    path("invitations/<str:token>/", sign_up.open_invitation, name="invitation"),
    path("account/keys/", keys.key_list, name="keys"),
    path("account/keys/<int:pk>/revoke/", keys.revoke_key, name="key_revoke"),
    path("account/webhooks/", webhooks.webhook_list, name="webhooks"),
    path("account/webhooks/<uuid:pk>/resend/", webhooks.resend_webhook, name="webhook_resend"),
    path("account/webhooks/key/", webhooks.renew_key, name="webhook_key"),
    path("account/callbacks/", webhooks.redirect_old_address, name="webhooks_old_address"),
    path("language/", language.set_language, name="language"),
    path("uploads/", chunked_uploads.begin_upload, name="uploads"),
    path("uploads/<uuid:pk>/", chunked_uploads.continue_upload, name="upload"),
    path("uploads/permission", upload_permission, name="upload_permission"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("favicon.ico", icons.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", icons.icon, {"name": "apple-touch-icon.png"}, name="touch_icon"),
    path("site.webmanifest", icons.manifest, name="manifest"),
    path("robots.txt", crawlers.robots_txt, name="robots"),
    path("sitemap.xml", crawlers.sitemap_xml, name="sitemap"),
    path("sitemap-<int:number>.xml", crawlers.sitemap_file, name="sitemap_file"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
]
