from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('videos', '0015_song_tags'),
    ]

    operations = [
        migrations.AlterField(
            model_name='video',
            name='delay_reason',
            field=models.CharField(blank=True, choices=[('', 'None'), ('throttled', 'The vendor takes no more orders for a moment'), ('maintenance', 'The vendor is under maintenance'), ('down', 'The vendor does not answer'), ('refused', 'The vendor refuses our account'), ('credits', "This site's credits at the vendor are used up"), ('storage', 'This site cannot reach its files, or has no room for more')], db_column='trouble', max_length=20, verbose_name='delay'),
        ),
    ]
