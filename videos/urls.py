"""The pages of the portal: a map of the site."""

from django.urls import include, path

from videos.views import (
    account,
    callbacks,
    health,
    home,
    keys,
    library,
    media,
    new_video,
    preview,
    share,
    songs,
    video,
    webhooks,
)

app_name = "videos"

video_pages = [
    path("", video.video, name="video"),
    path("status/", video.status, name="video_status"),
    path("cancel/", video.cancel, name="video_cancel"),
    path("retry/", video.retry, name="video_retry"),
    path("adopt/", video.adopt, name="video_adopt"),
    path("delete/", video.delete, name="video_delete"),
    path("visibility/", video.visibility, name="video_visibility"),
]

song_pages = [
    path("", songs.song, name="song"),
    path("delete/", songs.delete, name="song_delete"),
    path("words/", songs.words, name="song_words"),
    path("audio/", media.song_audio, name="song_audio"),
    path("cover/", media.song_cover, name="song_cover"),
]

share_pages = [
    path("", share.share, name="share"),
    path("video.mp4", media.film, name="film"),
    path("poster.jpg", media.poster, name="poster"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("videos/", library.library, name="library"),
    path("videos/new/", new_video.new, name="new"),
    path("videos/new/preview/", preview.preview, name="preview"),
    path("videos/new/song/", new_video.find, name="find_song"),
    path("videos/new/song/<int:pk>/", new_video.follow, name="follow_song"),
    path("videos/new/credits/<slug:provider>/", new_video.credits, name="credits"),
    path("videos/<uuid:pk>/", include(video_pages)),
    path("songs/", songs.songs, name="songs"),
    path("songs/new/", songs.new, name="song_new"),
    path("songs/demo/", songs.demo, name="song_demo"),
    path("songs/<int:pk>/", include(song_pages)),
    path("v/<slug:slug>/", include(share_pages)),
    path("files/<str:token>.mp4", media.wire_film, name="wire_film"),
    path("files/<str:token>/audio.<str:suffix>", media.wire_audio, name="wire_audio"),
    path("files/<str:token>/cover.jpg", media.wire_cover, name="wire_cover"),
    path("callbacks/<str:provider>/<str:token>/", callbacks.callback, name="callback"),
    path("account/", account.account, name="account"),
    path("account/keys/", keys.keys, name="keys"),
    path("account/callbacks/", webhooks.deliveries, name="deliveries"),
    path("account/callbacks/<uuid:pk>/again/", webhooks.again, name="delivery_again"),
    path("account/callbacks/key/", webhooks.renew_key, name="webhook_key"),
    path("account/keys/<int:pk>/revoke/", keys.revoke, name="key_revoke"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
