"""The documentation page of the API, made from the OpenAPI document, with forms to try it."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from videos.api import DESCRIPTION, api

_CODE, _STRONG = re.compile(r"`([^`]+)`"), re.compile(r"\*\*([^*]+)\*\*")

Schema = Mapping[str, Any]


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation with its fields."""
    context = {
        "operations": _operations(get_language() or ""),
        "rules": [_render_markup(rule) for rule in _list_items(DESCRIPTION)],
        "example": _example_commands(),
        "site_url": settings.SITE_URL,
    }
    return render(request, "api/docs.html", context)


@cache  # anybody may ask for it, and it takes a third of a second
def _operations(language: str) -> SafeString:
    """Return all operations as HTML; ``language`` only tells those of other languages apart."""
    document: Schema = api.get_openapi_schema()
    groups: dict[str, list[dict[str, object]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            details = _operation(document, method.upper(), path, operation)
            groups.setdefault(operation["tags"][0], []).append(details)
    return render_to_string("api/_operations.html", {"groups": groups.items()})


def _list_items(markdown: str) -> list[str]:
    """Return the items of a Markdown list, each as one line: in the text it may have several."""
    items = re.findall(r"^- (.+(?:\n +.+)*)", markdown, re.MULTILINE)
    return [" ".join(item.split()) for item in items]


def _example_commands() -> list[str]:
    site = settings.SITE_URL
    return [
        f"curl {site}/api/v1/songs -H 'Authorization: Bearer ak_…' -F audio=@song.mp3",
        f"curl {site}/api/v1/mp4/generate -H 'Authorization: Bearer ak_…' \\",
        """  --json '{"taskId": "…", "audioId": "…", "callBackUrl": "https://example.com/done"}'""",
        f"curl '{site}/api/v1/mp4/record-info?taskId=…' -H 'Authorization: Bearer ak_…'",
    ]


def _operation(document: Schema, method: str, path: str, operation: Schema) -> dict[str, object]:
    bodies = operation.get("requestBody", {}).get("content", {})
    success = operation["responses"][200]["content"]["application/json"]["schema"]
    return {
        "id": operation["operationId"],
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "description": _render_markup(operation.get("description", "")),
        "parameters": [_parameter(each) for each in operation.get("parameters", [])],
        "example": _example(document, bodies.get("application/json", {}).get("schema", {})),
        "bodies": {
            kind: list(_fields(document, each["schema"])) for kind, each in bodies.items()
        }.items(),
        "response": list(_fields(document, success)),
    }


def _example(document: Schema, schema: Schema) -> str:
    """Return a body with what is required, as indented JSON."""
    return json.dumps(_example_value(document, schema), indent=2, ensure_ascii=False)


def _example_value(document: Schema, schema: Schema) -> object:
    resolved = _resolve(document, schema)
    if "properties" in resolved:
        required = resolved.get("required", [])
        properties = resolved["properties"].items()
        return {
            name: _example_value(document, each) for name, each in properties if name in required
        }
    choices = resolved.get("enum") or [""]
    return resolved.get("example", resolved.get("default", choices[0]))


def _parameter(parameter: Schema) -> dict[str, object]:
    return _field(parameter["name"], parameter["schema"], parameter["required"]) | {
        "place": parameter["in"],
        "description": _render_markup(parameter.get("description", "")),
    }


def _fields(document: Schema, schema: Schema, prefix: str = "") -> Iterator[dict[str, object]]:
    """Yield the fields of an object, those of objects inside it under their full names."""
    resolved = _resolve(document, schema)
    required = resolved.get("required", [])
    for name, each in resolved.get("properties", {}).items():
        inner = _resolve(document, each)
        yield _field(f"{prefix}{name}", inner, name in required)
        items = _resolve(document, inner.get("items", {}))
        if "properties" in inner:
            yield from _fields(document, inner, f"{prefix}{name}.")
        elif "properties" in items:
            yield from _fields(document, items, f"{prefix}{name}[].")


def _field(name: str, schema: Schema, required: bool) -> dict[str, object]:
    return {
        "name": name,
        "type": schema.get("format") or schema.get("type", "value"),
        "required": required,
        "max": schema.get("maxLength") or schema.get("maximum"),
        "choices": schema.get("enum", []) if name != "code" else [],
        "default": schema.get("default", ""),
        "description": _render_markup(schema.get("description", "")),
    }


def _render_markup(text: str) -> SafeString:
    """Return a description as HTML: its code, its bold words and its paragraphs."""
    escaped = _STRONG.sub(r"<strong>\1</strong>", _CODE.sub(r"<code>\1</code>", escape(text)))
    return mark_safe(linebreaks(escaped.replace("### ", "")))  # noqa: S308  # nosec B308 B703


def _resolve(document: Schema, schema: Schema) -> Schema:
    """Return the schema that a reference names, with the keys beside the reference."""
    siblings = {name: each for name, each in schema.items() if name not in {"$ref", "allOf"}}
    named = schema if "$ref" in schema else (schema.get("allOf") or [{}])[0]
    if "$ref" not in named:
        return schema
    target: Schema = document["components"]["schemas"][named["$ref"].rpartition("/")[2]]
    return {**target, **siblings}
