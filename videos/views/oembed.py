"""The oEmbed endpoint: other sites look up how to show a video here."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from videos.share.oembed import find_video, oembed, to_xml
from videos.views.shared_videos import CACHE_CONTROL

MAX_PIXELS = 10_000  # of a frame's side; what is more means no limit


@login_not_required
@require_safe
def oembed_view(request: HttpRequest) -> HttpResponse:
    """Answer how to embed the video of the address ``url``, in JSON or XML.

    Every video that the public may not embed is not there (404), one with a password is 401; other
    formats are 501.
    """
    response = _answer(request)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    format = request.GET.get("format", "json")
    if format not in {"json", "xml"}:
        return HttpResponse("The formats are json and xml.", status=501, content_type="text/plain")
    url = request.GET.get("url", "")
    if not url:
        return HttpResponse("The parameter url is missing.", status=400, content_type="text/plain")
    result = find_video(url)
    if result is None:
        return HttpResponse("There is no such video.", status=404, content_type="text/plain")
    video, start = result
    if video.needs_password:
        return HttpResponse("The video has a password.", status=401, content_type="text/plain")
    answer = oembed(video, start, _pixels(request, "maxwidth"), _pixels(request, "maxheight"))
    if format == "xml":
        return HttpResponse(to_xml(answer), content_type="text/xml; charset=utf-8")
    return JsonResponse(answer)


def _pixels(request: HttpRequest, name: str) -> int | None:
    """Return a limit in pixels, None without one or for what is none."""
    text = request.GET.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= 9
    return int(text) if is_number and 0 < int(text) <= MAX_PIXELS else None
