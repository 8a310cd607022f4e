"""The pages that are opened: every address of the URL conf, and lists as people search them.

What stands in an address for a row is replaced by a row of the creator's, so that a page of a new
address is there without a line here; only a new kind of placeholder needs one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from benchmarks.pages.rows import CREATOR, OPERATOR
from videos.models import Track, User, Video

# What is no page: sends files or mails, ends the session, or is measured by another benchmark
LEFT_OUT = re.compile(
    r"admin/(logout|jsi18n|r|login)/|admin/\(\?P<url>|accounts/|api/|files/|uploads/|callbacks/"
    r"|\.(mp4|jpg|webp|svg|zip)$|(audio|cover|wave|view/\w+)/$|videos/new/song/|credits/"
)
# How lists are searched and sorted besides; {word} and {id} belong to a row of the creator's
LIST_QUERIES = {
    "videos/": ("q={word}", "q={word}+{id}", "q=Lanterns", "q=zzzzzz", "sort=title", "sort=oldest",
                "status=GENERATE_MP4_FAILED", "visibility=public&look=glow&format=16:9",
                "pages=4"),
    "songs/": ("q={word}", "q=Lanterns", "q=zzzzzz"),
    "videos/new/songs/": ("q=Lanterns",),
    "videos/new/": ("song={song}",),
    "admin/videos/video/": ("status__exact=GENERATE_MP4_FAILED", "status__exact=SUCCESS",
                            "failure__exact=render", "copy=risk", "owner__id__exact={owner}"),
}  # fmt: skip
ADMIN_QUERIES = ("q={word}", "q={id}", "q=zzzzzz", "p=2")


@dataclass(frozen=True)
class Page:
    """An address, and who opens it; an empty e-mail address is a visitor's."""

    path: str
    email: str


def pages() -> list[Page]:
    """Return every page of visitors, creators and operators in the database that there is."""
    creator = User.objects.get(email=CREATOR)
    video = Video.objects.filter(owner=creator, visibility="public").order_by("-created_at")[2]
    track = Track.objects.for_user(creator).order_by("-pk")[2]
    fields = {"word": track.title.split()[-1], "id": video.pk.hex[:12], "song": track.pk}
    fields["owner"] = creator.pk
    opened: dict[Page, None] = {}  # in the order of the URL conf
    for route, pattern in _routes():
        if LEFT_OUT.search(route):
            continue
        model_admin = getattr(pattern.callback, "model_admin", None)
        key = _key_in_admin(model_admin.model, video, track, creator) if model_admin else ""
        path = _address(route, key, video, track, creator)
        people = (OPERATOR,) if route.startswith("admin/") else (CREATOR, "")
        opened |= dict.fromkeys(Page(path, email) for email in people)
        queries = LIST_QUERIES.get(route, ())
        if model_admin and str(pattern.name).endswith("_changelist"):
            queries = (*_admin_queries(model_admin), *queries)
        searched = (f"{path}?{query.format(**fields)}" for query in queries)
        opened |= dict.fromkeys(Page(each, people[0]) for each in searched)
    return list(opened)


def _admin_queries(model_admin: "ModelAdmin[Model]") -> tuple[str, ...]:
    is_searched = model_admin.search_fields or hasattr(model_admin, "search_ids")
    return ADMIN_QUERIES if is_searched else ()


def _routes(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for each in (resolver or get_resolver()).url_patterns:
        route = f"{prefix}{each.pattern}"
        if isinstance(each, URLPattern):
            yield route, each
        else:
            yield from _routes(each, route)


def _address(route: str, key: str, video: Video, track: Track, creator: User) -> str:
    path = f"/{route}"
    pks = {
        "/videos/": str(video.pk),
        "/songs/": str(track.pk),
        "/account/keys/": str(creator.api_keys.values_list("pk", flat=True)[0]),
        "/account/webhooks/": str(creator.deliveries.values_list("pk", flat=True)[0]),
    }
    pk = next((pk for prefix, pk in pks.items() if path.startswith(prefix)), "1")
    values = {
        "<int:pk>": pk,
        "<uuid:pk>": pk,
        "<slug:slug>": video.slug,
        "<int:number>": "1",
        "<str:token>": "unknown",
        "<path:object_id>": key,
        "<id>": str(creator.pk),
        r"^(?P<app_label>auth|account|videos)/$": "videos/",
    }
    for name, value in values.items():
        path = path.replace(name, value)
    return path


def _key_in_admin(model: type[Model], video: Video, track: Track, creator: User) -> str:
    """Return the key of a row of the model that a page of the admin is about."""
    for row in (video, track, creator):
        if isinstance(row, model):
            return str(row.pk)
    return str(model._default_manager.order_by("pk").values_list("pk", flat=True).first() or 1)
