"""On PostgreSQL, trigrams answer where a word stands in the texts of a table that grows.

Where the extension is not installed, or may not be created, search reads the tables as before.
"""

from django.db import DatabaseError, migrations, transaction

TEXTS = {
    'videos_track': ('title', 'tags'),
    'videos_video': ('author', 'domain_name'),
    'videos_user': ('email', 'first_name', 'last_name', 'author'),
    'videos_mail': ('recipient', 'subject', 'last_error'),
    'videos_accountevent': ('detail',),
    'videos_delivery': ('receiver',),
}


def create(apps, schema_editor):
    if schema_editor.connection.vendor != 'postgresql' or not has_trigrams(schema_editor):
        return
    for table, columns in TEXTS.items():
        name = f'{table}_texts'
        # As Django writes "icontains"
        texts = ', '.join(f'UPPER("{column}"::text) gin_trgm_ops' for column in columns)
        # One whose making was interrupted is not valid
        schema_editor.execute(f'DROP INDEX IF EXISTS {name}')
        schema_editor.execute(f'CREATE INDEX CONCURRENTLY {name} ON {table} USING gin ({texts})')


def has_trigrams(schema_editor):
    try:
        with transaction.atomic():
            schema_editor.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')
    except DatabaseError:
        return False
    return True


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for table in TEXTS:
            schema_editor.execute(f'DROP INDEX IF EXISTS {table}_texts')


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('videos', '0035_large_tables'),
    ]

    operations = [migrations.RunPython(create, drop)]
