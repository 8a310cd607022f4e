"""Who may send files: the question of a server that stands before ours, such as nginx."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from videos.api.security import AUTHENTICATORS


@csrf_exempt  # it changes nothing, and nginx may pass the method of the upload on
@login_not_required
@never_cache
def upload_permission(request: HttpRequest) -> HttpResponse:
    """Answer nginx, before it reads the body of an upload: 204 to people and programs, else 401."""
    may_send = request.user.is_authenticated or any(each(request) for each in AUTHENTICATORS)
    return HttpResponse(status=204 if may_send else 401)
