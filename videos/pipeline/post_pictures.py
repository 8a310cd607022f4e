"""Pictures of any moment of a film, to be posted with it."""

from dataclasses import replace

from videos.models import Video
from videos.pipeline.orders import OrderRequest
from videos.pipeline.preview import still
from videos.vendors import BUILTIN


def moment(video: Video, fraction: float, *, is_wide: bool = False) -> bytes:
    """Return the moment at ``fraction`` (0 to 1) of a film as a JPEG.

    It has the shape of the film, or, where ``is_wide``, the 1280 × 720 pixels of a thumbnail.
    Raises ``ProviderError``.
    """
    style = replace(video.style, format="16:9", resolution=720) if is_wide else video.style
    request = OrderRequest(
        track=video.track,
        provider=BUILTIN,
        author=video.author,
        domain_name=video.domain_name,
        style=style,
        clip=video.clip,
        backdrop=video.backdrop,
    )
    return still(request, fraction)
