"""The smallest Django application: one view that returns constant JSON, without middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

ANSWER = b'{"code": 200, "msg": "success", "data": {"successFlag": "PENDING"}}'

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])


def answer(request: HttpRequest) -> HttpResponse:
    """Return constant JSON."""
    length = {"Content-Length": str(len(ANSWER))}
    return HttpResponse(ANSWER, content_type="application/json", headers=length)


urlpatterns = [path("api/v1/mp4/record-info", answer)]
application = get_wsgi_application()
