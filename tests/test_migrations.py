"""Migrations leave the version before running: between ``prepare`` and the restart it must serve.

Columns come with a database default, or may be empty; what is taken away goes in the release after
the one whose code no longer uses it, with a line in ``LATER``.
"""

from collections.abc import Iterator

import pytest
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AlterField,
    AlterModelTable,
    AlterUniqueTogether,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED

BASELINE = "0023"  # the last migration that was written before this rule
# What may be done after all, as "migration: sentence of breakages()", and why
_FORBIDS = "the version before may write what it forbids"
LATER: dict[str, str] = {
    f"0031_trash: Create constraint {name} on model video: {_FORBIDS}": (
        "it replaces one of that name, which forbade the same rows and more"
    )
    for name in ("one_video_per_vendor", "one_video_per_order")
}

REMOVALS = (RemoveField, RenameField, DeleteModel, RenameModel, AlterModelTable)


def breakages(operation: Operation, state: ProjectState) -> Iterator[str]:
    """Yield what code that was written for ``state`` could no longer do after ``operation``."""
    name = operation.describe()
    if isinstance(operation, REMOVALS):
        yield f"{name}: the version before still uses it"
    elif isinstance(operation, AddField) and not has_value(operation.field):
        yield f"{name}: it needs a db_default, or null=True"
    elif isinstance(operation, AlterField):
        model = state.models["videos", operation.model_name_lower]
        for narrowed in narrowings(model.fields[operation.name], operation.field):
            yield f"{name}: {narrowed}"
    elif isinstance(operation, AddConstraint | AlterUniqueTogether):
        yield f"{name}: the version before may write what it forbids"


def has_value(field: models.Field) -> bool:
    """Return whether the database fills the column of a row that older code inserts."""
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def narrowings(before: models.Field, after: models.Field) -> Iterator[str]:
    """Yield how a column takes less than before."""
    if before.get_internal_type() != after.get_internal_type():
        yield "its type changes"
    if before.db_column != after.db_column:
        yield "its column is renamed"
    if before.null and not after.null:
        yield "it must not be empty any more"
    if (after.max_length or 0) < (before.max_length or 0):
        yield "it is shorter"
    if after.unique and not before.unique:
        yield "it becomes unique"
    if has_value(before) and not has_value(after):
        yield "it loses its default"


def of_project() -> Iterator[str]:
    """Yield the breakages of our migrations since the baseline."""
    loader = MigrationLoader(None)
    keys = loader.graph.forwards_plan(loader.graph.leaf_nodes("videos")[0])
    state = loader.project_state(("videos", full_name(keys, BASELINE)))
    tables = {model for app, model in state.models if app == "videos"}
    for key in keys:
        app, name = key
        if app == "videos" and name[:4] > BASELINE:
            for operation in loader.graph.nodes[key].operations:
                # No code of before writes into a table that is newer
                if getattr(operation, "model_name_lower", "") in {"", *tables}:
                    yield from (f"{name}: {each}" for each in breakages(operation, state))
                operation.state_forwards(app, state)


def full_name(keys: list[tuple[str, str]], number: str) -> str:
    return next(name for app, name in keys if app == "videos" and name.startswith(number))


def test_no_migration_stops_the_version_before():
    assert set(of_project()) == set(LATER)


@pytest.fixture
def state() -> ProjectState:
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField(max_length=9)),
        ("note", models.CharField(max_length=9, null=True)),
    ]
    state.add_model(ModelState("videos", "Song", fields))
    return state


CHAR = {"max_length": 9}


@pytest.mark.parametrize(
    "operation",
    [
        AddField("song", "year", models.IntegerField()),
        AddField("song", "year", models.IntegerField(default=7)),
        RemoveField("song", "title"),
        RenameField("song", "title", "name"),
        DeleteModel("song"),
        RenameModel("song", "track"),
        AlterField("song", "title", models.CharField(max_length=8)),
        AlterField("song", "title", models.IntegerField()),
        AlterField("song", "title", models.CharField(**CHAR, unique=True)),
        AlterField("song", "note", models.CharField(**CHAR, db_default="")),
        AlterField("song", "note", models.CharField(**CHAR)),
        AddConstraint("song", models.UniqueConstraint(fields=["title"], name="once")),
    ],
)
def test_what_would_stop_it_is_noticed(operation, state):
    assert list(breakages(operation, state))


@pytest.mark.parametrize(
    "operation",
    [
        AddField("song", "year", models.IntegerField(null=True)),
        AddField("song", "year", models.IntegerField(default=7, db_default=7)),
        AlterField("song", "title", models.CharField(max_length=10, verbose_name="other")),
        AlterField("song", "title", models.CharField(**CHAR, null=True)),
    ],
)
def test_what_is_only_added_stops_nothing(operation, state):
    assert list(breakages(operation, state)) == []
