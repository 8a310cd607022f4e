"""Pictures of any moment of a film, to be posted with it."""

from collections.abc import Mapping

from videos.models import Video
from videos.pipeline.preview import still
from videos.pipeline.remakes import order_like

# The style of a picture with 1280 × 720 pixels
THUMBNAIL: Mapping[str, str | int] = {"format": "16:9", "resolution": 720}
NO_CHANGE: Mapping[str, str | int] = {}


def moment(video: Video, fraction: float, *, is_wide: bool = False) -> bytes:
    """Return the moment at ``fraction`` (0 to 1) of a film as a JPEG.

    It has the shape of the film, or, where ``is_wide``, the 1280 × 720 pixels of a thumbnail.
    Raises ``ProviderError``.
    """
    return still(order_like(video, THUMBNAIL if is_wide else NO_CHANGE), fraction)
