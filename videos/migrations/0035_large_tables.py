from django.db import migrations, models
from django.db.models.functions import Lower

from videos.migrations._concurrently import AddIndexConcurrently


ADMIN_LOG = {
    'admin_log_of_user': 'user_id, action_time DESC',
    'admin_log_of_object': 'content_type_id, object_id',
}


def index_admin_log(apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == 'postgresql'
    for name, columns in ADMIN_LOG.items():
        # One whose making was interrupted is not valid
        schema_editor.execute(f'DROP INDEX IF EXISTS {name}')
        concurrently = 'CONCURRENTLY' if is_postgres else ''
        schema_editor.execute(
            f'CREATE INDEX {concurrently} {name} ON django_admin_log ({columns})'
        )


def drop_admin_log_indices(apps, schema_editor):
    for name in ADMIN_LOG:
        schema_editor.execute(f'DROP INDEX IF EXISTS {name}')


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('admin', '0003_logentry_add_action_flag_choices'),
        ('videos', '0033_account_defaults'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='asset',
            index=models.Index(fields=['-created_at', '-id'], name='asset_created'),
        ),
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(fields=['-created_at', '-id'], name='delivery_created'),
        ),
        AddIndexConcurrently(
            model_name='musictask',
            index=models.Index(fields=['-created_at', '-id'], name='music_task_created'),
        ),
        AddIndexConcurrently(
            model_name='musictask',
            index=models.Index(fields=['task_id'], opclasses=('varchar_pattern_ops',), name='music_task_id'),
        ),
        AddIndexConcurrently(
            model_name='track',
            index=models.Index(fields=['-created_at', '-id'], name='track_created'),
        ),
        AddIndexConcurrently(
            model_name='track',
            index=models.Index(Lower('title'), name='track_title'),
        ),
        AddIndexConcurrently(
            model_name='track',
            index=models.Index(fields=['music_task', 'size'], name='track_sizes'),
        ),
        AddIndexConcurrently(
            model_name='review',
            index=models.Index(
                fields=['decision', '-hidden_at', '-opened_at', '-id'], name='review_queue'
            ),
        ),
        AddIndexConcurrently(
            model_name='user',
            index=models.Index(fields=['-date_joined', '-id'], name='user_joined'),
        ),
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(fields=['-created_at', '-id'], name='video_created'),
        ),
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(
                fields=['owner', 'visibility', 'deleted_at', 'size'], name='video_sizes'
            ),
        ),
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(
                condition=models.Q(('deleted_at__isnull', False)),
                fields=['owner', '-deleted_at'],
                name='video_trash',
            ),
        ),
        # Of Django's own table: the last actions of an operator, and the history of a row
        migrations.RunPython(index_admin_log, drop_admin_log_indices),
    ]
