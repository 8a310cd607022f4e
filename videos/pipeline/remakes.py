"""Makes a film once more: with the newest words, or in another shape or look."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from videos.models import Video
from videos.pipeline.orders import OrderRequest, order
from videos.render.options import StyleOptions
from videos.vendors import BUILTIN

# What belongs to one order alone; all else of a film is the same in the next one
OF_ONE_ORDER = {
    *("track", "provider", "style", "form_token", "order_key", "replaces"),
    *("webhook_url", "webhook_family"),
}


def remake(
    video: Video, changes: Mapping[str, str], *, takes_address: bool = False
) -> tuple[Video, bool]:
    """Order the film of ``video`` again; return its row and whether it is new.

    ``changes`` are the fields of ``StyleOptions`` that differ. With ``takes_address`` the new film
    takes over the address of ``video`` once it is there. What is in the making already is not made
    twice. Raises ``QuotaReached``.
    """
    request = order_like(video, changes, replaces=video if takes_address else None)
    same = {**_lasting_columns(video), **request.style.values()}
    waiting = Video.objects.pending().filter(
        owner=video.owner, track=video.track, provider=BUILTIN, **same
    )
    if first := waiting.exclude(pk=video.pk).first():
        return first, False
    return order(video.owner, request)


def order_like(
    video: Video, changes: Mapping[str, str | int], replaces: Video | None = None
) -> OrderRequest:
    """Return an order of our own renderer of a film like ``video``.

    ``changes`` are the fields of ``StyleOptions`` that differ.
    """
    style = StyleOptions.parse(video.style.values() | dict(changes))
    columns = _lasting_columns(video)
    return OrderRequest(
        track=video.track, provider=BUILTIN, style=style, replaces=replaces, **columns
    )


def _lasting_columns(video: Video) -> dict[str, Any]:
    """Return the columns that a film like ``video`` has, too, by the names of an order."""
    names = {each.name for each in fields(OrderRequest)} - OF_ONE_ORDER
    return {name: getattr(video, name) for name in names}
