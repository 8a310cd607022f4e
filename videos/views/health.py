"""Liveness and readiness checks for supervisors and load balancers."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from videos import VERSION, readiness
from videos.monitoring.probes import DOCTOR_HEADER, DOCTOR_SALT

MAX_AGE = 60  # seconds of a signature of the doctor


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process lives; does not use the database.

    ``manage.py doctor``, which has our key, learns what arrives here through the proxies.
    """
    payload: dict[str, object] = {"status": "ok"}
    if is_from_doctor(request):
        forwarded = request.headers.get("X-Forwarded-For", "")
        count = len([each for each in forwarded.split(",") if each.strip()])
        payload["request"] = {"forwarded": count, "secure": request.is_secure()}
    return JsonResponse(payload)


def is_from_doctor(request: HttpRequest) -> bool:
    """Return whether the request has the signature of our own command, made a moment ago."""
    signature = request.headers.get(DOCTOR_HEADER, "")
    try:
        signing.loads(signature, salt=DOCTOR_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    return True


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if this process can serve pages, otherwise 503; names each check.

    With ``?all=1`` that is whether videos can be made: workers, beat and broker count, too.
    """
    checks = readiness.run_checks(everything=request.GET.get("all", "") not in {"", "0"})
    is_ready = all(checks.values())
    status = "ready" if is_ready else "not ready"
    payload = {"status": status, "version": VERSION, "checks": checks}
    return JsonResponse(payload, status=200 if is_ready else 503)
