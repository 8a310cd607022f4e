"""What search engines may show: nothing, unless a view says otherwise.

``IndexingMiddleware`` marks all other responses with ``X-Robots-Tag: noindex``.
"""

from typing import TypeVar

from django.http import HttpResponseBase

from videos.models import Video
from videos.statuses import Visibility

HEADER = "X-Robots-Tag"

Response = TypeVar("Response", bound=HttpResponseBase)


def allow_indexing(response: Response) -> Response:
    """Let search engines show what ``response`` holds."""
    response[HEADER] = "all"
    return response


def allow_indexing_of(response: Response, video: Video) -> Response:
    """Let search engines show a page or a file of ``video``, if everybody may find it."""
    is_public = video.visibility == Visibility.PUBLIC
    return allow_indexing(response) if is_public else response
