"""Migrates the database, and says how things stand where that ends half-way."""

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

Key = tuple[str, str]


def migrate() -> None:
    """Apply all migrations. Raises ``CommandError``, which says which failed and what to do."""
    before = _applied()
    try:
        call_command("migrate", verbosity=0)
    except CommandError:
        raise
    except Exception as error:  # a migration may run any code
        raise CommandError(_how_it_stands(before, error)) from error


def _applied() -> set[Key]:
    return set(MigrationRecorder(connection).applied_migrations())


def _how_it_stands(before: set[Key], error: Exception) -> str:
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    try:
        applied = _applied() - before
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return (
            f"The database went away during a migration: {reason}. Each migration is applied as a "
            "whole or not at all. Once the database is back, run prepare again."
        )
    if not plan:
        return f"All migrations are applied, but what follows failed: {reason}. Run prepare again."
    failed = plan[0][0]
    text = f"The migration {failed.app_label}.{failed.name} failed: {reason}. "
    if failed.atomic:
        text += "Nothing of it is applied. "
    else:
        text += "It is not applied as a whole, so parts of it may be there. "
    if applied:
        names = ", ".join(".".join(key) for key in sorted(applied))
        text += f"Those before it are applied and stay: {names}. "
    text += (
        "The version before goes on with this database. Mend the cause and run prepare again; it "
        "goes on where it stopped. "
    )
    return text + _way_back(before, applied)


def _way_back(before: set[Key], applied: set[Key]) -> str:
    """Return the commands that undo what was applied just now, "" where there is nothing."""
    commands = []
    for app in sorted({app for app, _ in applied}):
        last = max((name for each, name in before if each == app), default="zero")
        commands.append(f"manage.py migrate {app} {last}")
    return f"Or undo them: {'; '.join(commands)}." if commands else ""
