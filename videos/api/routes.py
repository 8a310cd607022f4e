"""URL patterns of the API."""

from django.urls import path

from videos.api import api

urlpatterns = [path("api/", api.urls)]
