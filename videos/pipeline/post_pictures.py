"""Pictures of any moment of a film, to be posted with it."""

from videos.models import Video
from videos.pipeline.orders import OrderRequest
from videos.pipeline.preview import still
from videos.render.options import StyleOptions
from videos.vendors import BUILTIN

THUMBNAIL: dict[str, str | int | bool] = {"format": "16:9", "resolution": 720}  # 1280 × 720 pixels


def moment(video: Video, fraction: float, *, is_wide: bool = False) -> bytes:
    """Return the moment at ``fraction`` (0 to 1) of a film as a JPEG.

    It has the shape of the film, or, where ``is_wide``, the 1280 × 720 pixels of a thumbnail.
    Raises ``ProviderError``.
    """
    values = video.style.values() | (THUMBNAIL if is_wide else {})
    request = OrderRequest(
        track=video.track,
        provider=BUILTIN,
        author=video.author,
        domain_name=video.domain_name,
        style=StyleOptions.parse(values),
        clip=video.clip,
        backdrop=video.backdrop,
    )
    return still(request, fraction)
