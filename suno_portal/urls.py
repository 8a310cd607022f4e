"""The site map."""

from django.contrib import admin
from django.urls import include, path

from videos.api import api
from videos.api.docs import docs

urlpatterns = [
    path("", include("videos.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/docs", docs, name="api_docs"),
    path("api/docs/", docs),
    path("api/", api.urls),
]

handler400 = "videos.views.errors.bad_request"
handler403 = "videos.views.errors.forbidden"
handler404 = "videos.views.errors.not_found"
handler429 = "videos.views.errors.too_many_requests"
handler500 = "videos.views.errors.server_error"
