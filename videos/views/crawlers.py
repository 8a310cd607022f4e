"""What programs that read the whole site look for: ``robots.txt`` and the sitemap."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from videos.share.addresses import absolute_url
from videos.share.sitemap import file_starts, sitemap, sitemap_index

# Behind these is a log-in, a form or a program's door
CLOSED = (
    *("/account/", "/accounts/", "/admin/", "/api/v1/", "/callbacks/", "/files/"),
    *("/songs/", "/uploads/", "/videos/", "/v/*/report/"),
)
XML = "application/xml; charset=utf-8"


@login_not_required
@require_safe
@conditional_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Say where there is nothing to read, and where the sitemap is.

    What is open but not for search engines is not listed here: it has ``noindex``, which only
    those see that may open it.
    """
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {absolute_url(reverse('videos:sitemap'))}")
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@conditional_page
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Send all addresses, or the list of the files that have them where they are many."""
    starts = file_starts()
    text = sitemap_index(len(starts)) if len(starts) > 1 else sitemap(starts)
    return HttpResponse(text, content_type=XML)


@login_not_required
@require_safe
@conditional_page
def sitemap_file(request: HttpRequest, number: int) -> HttpResponse:
    """Send one of these files; raises ``Http404`` where there are not so many."""
    starts = file_starts()
    if not 1 <= number <= len(starts):
        raise Http404
    return HttpResponse(sitemap(starts, number), content_type=XML)
