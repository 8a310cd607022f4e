"""Requests with an ``Idempotency-Key``: each is carried out once, a repeat gets its response.

The first request claims the key in the transaction that carries it out. A concurrent repeat waits
for that row and returns the response in it; a crash leaves neither.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import IntegrityError, transaction
from django.http import HttpResponse

from videos.api import envelope
from videos.api.errors import EXISTS, NOT_FOUND, ApiError, invalid_field
from videos.api.parsing import UPLOAD
from videos.api.security import ApiRequest
from videos.models import IdempotentResponse
from videos.models.idempotency import MAX_KEY_LENGTH

HEADER = "Idempotency-Key"
# The errors that are stored as the response; after others a repeat is carried out again
STORED_ERRORS = {EXISTS, NOT_FOUND}

Params = ParamSpec("Params")


def idempotent(
    view: Callable[Concatenate[ApiRequest, Params], HttpResponse],
) -> Callable[Concatenate[ApiRequest, Params], HttpResponse]:
    """Let ``view`` carry out a request with an ``Idempotency-Key`` once per API key and path."""

    @wraps(view)
    def wrapper(
        request: ApiRequest, /, *args: Params.args, **kwargs: Params.kwargs
    ) -> HttpResponse:
        return run_once(request, lambda: view(request, *args, **kwargs))

    return wrapper


def run_once(request: ApiRequest, action: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the response of ``action``, or the stored one of the same ``Idempotency-Key``.

    With a key, ``action`` runs in a transaction, during which a database may let nobody else
    write: do slow work before.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return action()
    if len(key) > MAX_KEY_LENGTH or not (key.isascii() and key.isprintable()):
        raise invalid_field(HEADER, f"it has more than {MAX_KEY_LENGTH} characters, or odd ones.")
    return _run_with_key(request, key, action)


def _run_with_key(
    request: ApiRequest, key: str, action: Callable[[], HttpResponse]
) -> HttpResponse:
    digest = _request_digest(request)
    rows = IdempotentResponse.objects.filter(
        api_key=request.auth, path=request.path_info, idempotency_key=key
    )
    stored = rows.first()
    if stored is None:
        with transaction.atomic():
            claim = _claim_key(request, key, digest)
            if claim is not None:
                return _store_response(claim, _run(request, action))
        stored = rows.get()
    if stored.request_digest != digest:
        raise invalid_field(HEADER, "it was used for another request.")
    return envelope.json_response(stored.response)


def _claim_key(request: ApiRequest, key: str, digest: str) -> IdempotentResponse | None:
    """Claim the key for this request; return None where a concurrent request has claimed it."""
    try:
        with transaction.atomic():
            return IdempotentResponse.objects.create(
                api_key=request.auth,
                path=request.path_info,
                idempotency_key=key,
                request_digest=digest,
            )
    except IntegrityError:
        return None


def _request_digest(request: ApiRequest) -> str:
    """Return a digest that a repeat has, too; the boundaries of a form's parts may differ."""
    if request.content_type != UPLOAD:
        return hashlib.sha256(request.body).hexdigest()
    digest = hashlib.sha256(json.dumps(sorted(request.POST.lists())).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"\0{name}\0{file.size}\0".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _run(request: ApiRequest, action: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the response of ``action``, or that of an error which is to be stored."""
    try:
        with transaction.atomic():
            return action()
    except ApiError as error:
        if error.code not in STORED_ERRORS:
            raise
        return envelope.error(request, error.code, error.message, error.data)


def _store_response(claim: IdempotentResponse, response: HttpResponse) -> HttpResponse:
    claim.response = json.loads(response.content)
    claim.save(update_fields=["response"])
    return response
