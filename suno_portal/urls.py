"""The site map."""

from allauth.mfa.recovery_codes.views import view_recovery_codes
from allauth.mfa.totp.views import activate_totp
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.cache import never_cache

from videos.api import api
from videos.api.docs import docs

urlpatterns = [
    path("", include("videos.urls")),
    # Pages that show secrets are stored by no browser
    path("accounts/2fa/totp/activate/", never_cache(activate_totp)),
    path("accounts/2fa/recovery-codes/", never_cache(view_recovery_codes)),
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
