"""The API: that of the vendors at our address, with a few operations of our own."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from videos import VERSION
from videos.api import crun, errors, portal, suno
from videos.api.parsing import StrictParser
from videos.api.security import AUTHENTICATORS

DESCRIPTION = """\
Programs written for Apikley, kie.ai, sunoapi.org or Crun work here with another base URL and key.

- Every answer has HTTP status 200; the outcome is in `code`. Only calls that we do not have answer
  HTTP 404, and other methods 405.
- `Authorization: Bearer ak_…` or `x-api-key: ak_…`; keys are made on the account page.
- 20 new videos within 10 seconds a key, 3 questions a second a task: beyond that `code` is 429.
- `Idempotency-Key`, if sent with an order, lets a repeat of it get the first answer for a day.
- Programs in browsers may call from the pages of any site (CORS): with a key, never with cookies.
- A value that is null counts as left out; fields that are not known are ignored.
"""

api = NinjaAPI(
    title="Suno Portal",
    version=VERSION,
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=AUTHENTICATORS,
    parser=StrictParser(),
)
api.add_router("/v1", suno.router)
api.add_router("/v1/client", crun.router)
api.add_router("/v1", portal.router)
errors.register_handlers(api)


@api.get("/openapi.json", auth=None, include_in_schema=False, url_name="openapi-json")
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document of the API."""
    return HttpResponse(_document(), content_type="application/json")


@cache
def _document() -> str:
    return json.dumps(api.get_openapi_schema())
