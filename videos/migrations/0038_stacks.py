from django.db import migrations, models

from videos.migrations._concurrently import AddIndexConcurrently


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('videos', '0037_film_files'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='video',
            index=models.Index(fields=['owner', 'track', '-created_at', '-id'], name='video_stack'),
        ),
    ]
