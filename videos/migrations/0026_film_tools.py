# The resolutions 1440p and 2160p

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0025_style"),
    ]

    operations = [
        migrations.AlterField(
            model_name="video",
            name="resolution",
            field=models.PositiveSmallIntegerField(
                choices=[(720, "720p"), (1080, "1080p"), (1440, "1440p"), (2160, "2160p (4K)")],
                default=720,
                verbose_name="resolution",
            ),
        ),
    ]
