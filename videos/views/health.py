"""Liveness and readiness checks for supervisors and load balancers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos import readiness


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process lives; does not use the database."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if all parts that a video needs work, otherwise 503; names each check."""
    checks = readiness.run_checks()
    is_ready = all(checks.values())
    payload = {"status": "ready" if is_ready else "not ready", "checks": checks}
    return JsonResponse(payload, status=200 if is_ready else 503)
