"""Pictures of a film that are posted with it."""

from videos.models import Video
from videos.pipeline.orders import OrderRequest
from videos.pipeline.preview import still
from videos.vendors import BUILTIN


def draw_moment(video: Video, fraction: float) -> bytes:
    """Return the moment at ``fraction`` (0 to 1) of a film, as a JPEG. Raises ``ProviderError``."""
    request = OrderRequest(
        track=video.track,
        provider=BUILTIN,
        author=video.author,
        domain_name=video.domain_name,
        style=video.style,
        clip=video.clip,
    )
    return still(request, fraction)
