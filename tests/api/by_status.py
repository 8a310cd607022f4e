"""The API for tools that read outcomes from HTTP statuses: ``code`` is the status, too.

It is the server of the tests with this one change, and with a document that describes it.
"""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.test.client import ClientHandler

HANDLER = ClientHandler(enforce_csrf_checks=True)
StartResponse = Callable[[str, list[tuple[str, str]]], object]


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request as WSGI servers do."""
    response = HANDLER(environ)
    payload = json.loads(response.content) if response.content else {}
    if "openapi" in payload:
        payload = describe_extensions(payload)
    status = HTTPStatus(payload.get("code", 200))
    body = json.dumps(payload).encode()
    headers = [(k, v) for k, v in response.items() if k.lower() != "content-length"]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]


def describe_extensions(document: dict[str, Any]) -> dict[str, Any]:
    """Return ``document`` with other statuses for every response, and with all that we accept.

    Null means the same as absent, and addresses may have letters of every script. Uploads have
    tests of their own, because no schema can describe which bytes are audio.
    """
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = operation["responses"]["200"]
            bodies = operation.get("requestBody", {}).get("content", {})
            bodies.pop("multipart/form-data", None)
            if bodies:
                accept_more(document, bodies["application/json"]["schema"])
    return document


def accept_more(document: dict[str, Any], schema: dict[str, Any]) -> None:
    """Let ``schema`` take null; several operations may share it."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for name, field in schema.get("properties", {}).items():
        if name in schema.get("required", ()):
            accept_more(document, field)
            if field.get("format") == "uri":
                del field["format"]
        elif field.get("type") in ("string", "integer", "boolean"):
            if field.get("format") == "uri":
                del field["format"]
            field["type"] = [field["type"], "null"]
            if "enum" in field:
                field["enum"] = [*field["enum"], None]
