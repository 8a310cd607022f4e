"""The API for tools that read outcomes from HTTP statuses: the ``code`` of an answer is its status.

It is the server of the tests, with this one thing changed, and a document that says so.
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
    said = json.loads(response.content) if response.content else {}
    if "openapi" in said:
        said = documented(said)
    status = HTTPStatus(said.get("code", 200))
    body = json.dumps(said).encode()
    headers = [(k, v) for k, v in response.items() if k.lower() != "content-length"]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]


def documented(document: dict[str, Any]) -> dict[str, Any]:
    """Say that every answer may have another status, and what we take beyond the vendors' words.

    Null is as good as left out, and addresses may have letters of every script. Uploads are left
    to tests of their own: no schema can say which bytes are a sound.
    """
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = operation["responses"]["200"]
            bodies = operation.get("requestBody", {}).get("content", {})
            bodies.pop("multipart/form-data", None)
            if bodies:
                wider(document, bodies["application/json"]["schema"])
    return document


def wider(document: dict[str, Any], schema: dict[str, Any]) -> None:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for name, field in schema.get("properties", {}).items():
        if name in schema.get("required", ()):
            wider(document, field)
            if field.get("format") == "uri":
                del field["format"]
        elif field.get("type") == "string":
            if field.get("format") == "uri":
                del field["format"]
            field["type"] = ["string", "null"]
            if "enum" in field:
                field["enum"] = [*field["enum"], None]
