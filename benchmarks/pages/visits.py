"""Opens pages in this process, and notes what the database does for them."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from django.apps import apps
from django.db import connection
from django.test import Client

from benchmarks.pages.addresses import Page
from benchmarks.pages.sql import is_postgres
from videos.models import User

MAX_READ = 10_001  # rows of a table that grows no more; so many are counted, too
HALF = 0.5  # of a table: of less, a limit ends the reading
TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
Params: TypeAlias = Any  # as the database takes them
Query = tuple[str, Params]


@dataclass
class Visit:
    """What one page took."""

    status: int
    milliseconds: float
    queries: list[Query] = field(default_factory=list)
    is_page: bool = False


class Visitors:
    """The browsers of a visitor, the creator and the operator."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {"": Client(headers={"Host": "127.0.0.1"})}

    def open(self, page: Page) -> Visit:
        """Open ``page``, and return what it took."""
        client = self._client(page.email)
        queries: list[Query] = []
        with connection.execute_wrapper(_noting(queries)):
            began = time.perf_counter()
            response = client.get(page.path)
            content = response.getvalue()
            milliseconds = 1000 * (time.perf_counter() - began)
        is_page = response.status_code == 200 and len(content) > 0
        return Visit(response.status_code, milliseconds, queries, is_page)

    def _client(self, email: str) -> Client:
        if email not in self.clients:
            client = Client(headers={"Host": "127.0.0.1"})
            client.force_login(User.objects.get(email=email))
            self.clients[email] = client
        return self.clients[email]


def _noting(queries: list[Query]) -> Callable[..., object]:
    def note(
        execute: Callable[..., object], sql: str, params: object, many: bool, context: object
    ) -> object:
        if not sql.lstrip().startswith(TRANSACTION):
            queries.append((sql, params))
        return execute(sql, params, many, context)

    return note


def scans(visit: Visit) -> list[str]:
    """Return the tables that grow and that a query of ``visit`` reads from end to end."""
    read: set[str] = set()
    for sql, params in visit.queries:
        if not sql.lstrip().upper().startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            continue
        tables = _postgres_scans(sql, params) if is_postgres() else _sqlite_scans(sql, params)
        read |= {table for table in tables if _rows().get(table, 0) > MAX_READ}
    return sorted(read)


def _postgres_scans(sql: str, params: Params) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    root = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    nodes = [(root, 1.0)]  # with the share of it that is read
    while nodes:
        node, share = nodes.pop()
        inner = node.get("Plans", [])
        if node["Node Type"] == "Limit" and inner[0]["Total Cost"]:
            share *= node["Total Cost"] / inner[0]["Total Cost"]
        nodes += [(each, share) for each in inner]
        if node["Node Type"] == "Seq Scan":
            table = node["Relation Name"]
            if share > HALF:
                yield table


def _sqlite_scans(sql: str, params: Params) -> Iterator[str]:
    names = {alias: table for table, alias in re.findall(r'"(\w+)" (?:AS )?"?(\w+)"?', sql)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[-1] for row in cursor.fetchall()]
    for step in steps:
        match = re.match(r"SCAN (\w+)(.*)", step)
        # In the order of an index it ends where the page does
        is_ordered = re.search("USING (COVERING )?INDEX|VIRTUAL TABLE", match[2]) if match else None
        if match and not (is_ordered and " LIMIT " in sql):
            yield str(names.get(match[1], match[1]))


@cache
def _rows() -> dict[str, int]:
    """Return the number of rows of each table."""
    counts = {}
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models()}:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts
