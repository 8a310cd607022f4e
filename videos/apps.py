"""The app of Suno Portal."""

from django.apps import AppConfig


class VideosConfig(AppConfig):
    name = "videos"
    verbose_name = "Suno Portal"
