"""The site map."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("videos.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
