"""Makes a film once more: with the newest words, or in another shape or look."""

from collections.abc import Mapping

from videos.models import Video
from videos.pipeline.orders import OrderRequest, order
from videos.render.options import StyleOptions
from videos.vendors import BUILTIN


def remake(
    video: Video, changes: Mapping[str, str], *, takes_address: bool = False
) -> tuple[Video, bool]:
    """Order the film of ``video`` again; return its row and whether it is new.

    ``changes`` are the fields of ``StyleOptions`` that differ. With ``takes_address`` the new film
    takes over the address of ``video`` once it is there. What is in the making already is not made
    twice. Raises ``QuotaReached``.
    """
    style = StyleOptions.parse(video.style.values() | dict(changes))
    waiting = Video.objects.pending().filter(
        owner=video.owner, track=video.track, provider=BUILTIN, clip=video.clip, **style.values()
    )
    if first := waiting.exclude(pk=video.pk).first():
        return first, False
    request = OrderRequest(
        track=video.track,
        provider=BUILTIN,
        author=video.author,
        domain_name=video.domain_name,
        style=style,
        clip=video.clip,
        replaces=video if takes_address else None,
    )
    return order(video.owner, request)
