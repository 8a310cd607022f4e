"""Template filters that choose the picture of a video or a song: the smallest that is there."""

from django import template
from django.urls import reverse

from videos.models import Track, Video

register = template.Library()


@register.filter
def list_picture_url(video: Video) -> str:
    """Return the address of what lists show of a film, "" where there is no picture."""
    return _url(video, "thumbnail") or _url(video, "poster")


@register.filter
def poster_url(video: Video) -> str:
    """Return the address of what a page shows before the film plays, "" for nothing."""
    return _url(video, "small_poster") or _url(video, "poster")


@register.filter
def small_cover_url(track: Track) -> str:
    """Return the address of a song's cover for lists, for its owner; "" where there is none."""
    if track.thumbnail:
        return reverse("videos:song_thumbnail", args=[track.pk])
    return reverse("videos:song_cover", args=[track.pk]) if track.has_cover else ""


def _url(video: Video, column: str) -> str:
    return reverse(f"videos:{column}", args=[video.slug]) if getattr(video, column) else ""
