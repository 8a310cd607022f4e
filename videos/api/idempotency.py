"""Requests under an ``Idempotency-Key``: done once, a repeat gets the first answer.

The first request claims the key in the same transaction as it does its work. Another one of the
same moment waits at that row, and finds the answer in it; a crash leaves neither.
"""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import IntegrityError, transaction
from django.http import HttpResponse

from videos.api import envelope
from videos.api.errors import EXISTS, NOT_FOUND, Refused, invalid
from videos.api.parsing import UPLOAD
from videos.api.security import ApiRequest
from videos.models import Answered
from videos.models.idempotency import LONGEST

HEADER = "Idempotency-Key"
KEPT = {EXISTS, NOT_FOUND}
"""The refusals that are kept as the first answer; after others it is worth trying again."""

Params = ParamSpec("Params")


def answered_once(
    view: Callable[Concatenate[ApiRequest, Params], HttpResponse],
) -> Callable[Concatenate[ApiRequest, Params], HttpResponse]:
    """Let ``view`` do a request with an ``Idempotency-Key`` once for each API key and path."""

    @wraps(view)
    def viewed(request: ApiRequest, /, *args: Params.args, **kwargs: Params.kwargs) -> HttpResponse:
        return once(request, lambda: view(request, *args, **kwargs))

    return viewed


def once(request: ApiRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what ``act`` answers, or under an ``Idempotency-Key`` what it answered first.

    Under a key it runs in a transaction, in which a database may let nobody else write: whatever
    takes its time comes before.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return act()
    if len(key) > LONGEST or not (key.isascii() and key.isprintable()):
        raise invalid(HEADER, f"it has more than {LONGEST} characters, or odd ones.")
    return _once(request, key, act)


def _once(request: ApiRequest, key: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    asked = _digest(request)
    mine = Answered.objects.filter(
        api_key=request.auth, path=request.path_info, idempotency_key=key
    )
    first = mine.first()
    if first is None:
        with transaction.atomic():
            claim = _claim(request, key, asked)
            if claim is not None:
                return _kept(claim, _outcome(request, act))
        first = mine.get()
    if first.asked != asked:
        raise invalid(HEADER, "it was used for another request.")
    return envelope.sealed(first.answer)


def _claim(request: ApiRequest, key: str, asked: str) -> Answered | None:
    """Take the key for this request; None where somebody else was a moment faster."""
    try:
        with transaction.atomic():
            return Answered.objects.create(
                api_key=request.auth, path=request.path_info, idempotency_key=key, asked=asked
            )
    except IntegrityError:
        return None


def _digest(request: ApiRequest) -> str:
    """Return what is the same for a repeat only; a form's parts come in other wrappings."""
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


def _outcome(request: ApiRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what ``act`` answers, refusals that are worth keeping among it."""
    try:
        with transaction.atomic():
            return act()
    except Refused as error:
        if error.code not in KEPT:
            raise
        return envelope.refusal(request, error.code, error.text, error.data)


def _kept(claim: Answered, answer: HttpResponse) -> HttpResponse:
    claim.answer = json.loads(answer.content)
    claim.save(update_fields=["answer"])
    return answer
