"""The site map."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("videos.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "videos.views.errors.bad_request"
handler403 = "videos.views.errors.forbidden"
handler404 = "videos.views.errors.not_found"
handler429 = "videos.views.errors.too_many_requests"
handler500 = "videos.views.errors.server_error"
