from django.db import migrations, models

from videos.migrations._concurrently import AddIndexConcurrently
from videos.migrations._text_indices import create_text_indices, drop_text_indices

# Those that 0036 indexes on PostgreSQL
TEXTS = {
    'videos_track': ('title', 'tags'),
    'videos_video': ('author', 'domain_name'),
    'videos_user': ('email', 'first_name', 'last_name', 'author'),
    'videos_mail': ('recipient', 'subject', 'last_error'),
    'videos_accountevent': ('detail',),
    'videos_delivery': ('receiver',),
}


def create(apps, schema_editor):
    create_text_indices(schema_editor, TEXTS)


def drop(apps, schema_editor):
    drop_text_indices(schema_editor, TEXTS)


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('videos', '0038_stacks'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(
                condition=models.Q(('deleted_at__isnull', True)),
                fields=['status', '-created_at', '-id'],
                name='video_statuses',
            ),
        ),
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(
                condition=models.Q(('deleted_at__isnull', True)),
                fields=['owner', 'status', '-created_at', '-id'],
                name='video_owner_statuses',
            ),
        ),
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(
                condition=models.Q(('deleted_at__isnull', True)),
                fields=['failure', '-created_at', '-id'],
                name='video_failures',
            ),
        ),
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(
                fields=['owner', 'visibility', '-completed_at', '-id'], name='video_author'
            ),
        ),
        migrations.RunPython(create, drop, atomic=True),
    ]
