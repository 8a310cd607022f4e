"""Indices that are added while the portal serves: PostgreSQL writes on meanwhile."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex
from django.db.migrations.state import ProjectState

DROP_INVALID = """
DO $$ BEGIN
    IF EXISTS (
        SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indexrelid
        WHERE NOT indisvalid AND relname = '{name}'
    ) THEN EXECUTE 'DROP INDEX {name}'; END IF;
END $$
"""


class AddIndexConcurrently(AddIndex):
    """Adds an index without a lock; the migration must not be atomic.

    One whose making was interrupted is there, but invalid: it is made anew.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the index, if it is not there already."""
        model = to_state.apps.get_model(app_label, self.model_name)
        if schema_editor.connection.vendor != "postgresql":
            schema_editor.add_index(model, self.index)
            return
        schema_editor.execute(DROP_INVALID.format(name=self.index.name))
        statement: Any = self.index.create_sql(model, schema_editor, concurrently=True)
        statement.template = statement.template.replace(
            "INDEX CONCURRENTLY", "INDEX CONCURRENTLY IF NOT EXISTS"
        )
        schema_editor.execute(statement, params=None)
