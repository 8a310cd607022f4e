import django.utils.timezone
from django.db import migrations, models

RENAMED = (
    ("apikey", "shown", "prefix"),
    ("musictask", "attempt", "fencing_token"),
    ("musictask", "tries", "crashed_claims"),
    ("musictask", "asked_at", "polled_at"),
    ("track", "words", "aligned_words"),
    ("track", "words_asked_at", "aligned_words_requested_at"),
    ("track", "use_words", "use_aligned_words"),
    ("video", "attempt", "fencing_token"),
    ("video", "tries", "crashed_claims"),
    ("video", "posts", "unconfirmed_submissions"),
    ("video", "asked_at", "polled_at"),
    ("video", "polls", "poll_count"),
    ("video", "hinted", "callback_received"),
    ("video", "trouble", "delay_reason"),
    ("video", "copy_tries", "copy_failures"),
    ("video", "turn_at", "queue_position_at"),
    ("video", "callback_url", "webhook_url"),
    ("video", "callback_family", "webhook_family"),
    ("delivery", "attempt", "fencing_token"),
    ("delivery", "tries", "crashed_claims"),
    ("delivery", "calls", "attempt_count"),
    ("deliveryattempt", "said", "response_excerpt"),
    ("answered", "asked", "request_digest"),
    ("answered", "answer", "response"),
)


class Migration(migrations.Migration):
    """Names only: tables and columns keep theirs, so the database is not touched."""

    dependencies = [("videos", "0010_storage_trouble")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RenameField(*names) for names in RENAMED),
                migrations.RenameModel("Answered", "IdempotentResponse"),
                migrations.RenameModel("Turn", "RateLimitSlot"),
                migrations.AlterModelOptions(
                    name='delivery',
                    options={'ordering': ('-created_at', '-pk'), 'verbose_name': 'webhook delivery', 'verbose_name_plural': 'webhook deliveries'},
                ),
                migrations.AlterModelOptions(
                    name='deliveryattempt',
                    options={'ordering': ('at', 'pk'), 'verbose_name': 'attempt', 'verbose_name_plural': 'attempts'},
                ),
                migrations.AlterModelOptions(
                    name='idempotentresponse',
                    options={'verbose_name': 'idempotent response', 'verbose_name_plural': 'idempotent responses'},
                ),
                migrations.AlterModelOptions(
                    name='ratelimitslot',
                    options={'verbose_name': 'rate limit slot', 'verbose_name_plural': 'rate limit slots'},
                ),
                migrations.RemoveIndex(
                    model_name='video',
                    name='video_queue',
                ),
                migrations.AlterField(
                    model_name='apikey',
                    name='prefix',
                    field=models.CharField(db_column='shown', editable=False, max_length=10, verbose_name='begins with'),
                ),
                migrations.AlterField(
                    model_name='circuit',
                    name='credits_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='credits read'),
                ),
                migrations.AlterField(
                    model_name='circuit',
                    name='open_until',
                    field=models.DateTimeField(blank=True, help_text='Empty while requests are sent.', null=True, verbose_name='blocked until'),
                ),
                migrations.AlterField(
                    model_name='delivery',
                    name='attempt_count',
                    field=models.PositiveSmallIntegerField(db_column='calls', default=0, help_text='Since it was ordered or sent again.', verbose_name='attempts'),
                ),
                migrations.AlterField(
                    model_name='delivery',
                    name='crashed_claims',
                    field=models.PositiveSmallIntegerField(db_column='tries', default=0, help_text='Claims since the last one that ended in order, the present one included.', verbose_name='crashed claims'),
                ),
                migrations.AlterField(
                    model_name='delivery',
                    name='fencing_token',
                    field=models.PositiveIntegerField(db_column='attempt', default=0, help_text='Counts the claims: a worker with an old number can write nothing.', verbose_name='fencing token'),
                ),
                migrations.AlterField(
                    model_name='delivery',
                    name='outcome',
                    field=models.CharField(choices=[('PENDING', 'In the making'), ('SUCCESS', 'Ready'), ('CREATE_TASK_FAILED', 'Could not be started'), ('GENERATE_MP4_FAILED', 'Failed')], max_length=30, verbose_name='outcome'),
                ),
                migrations.AlterField(
                    model_name='delivery',
                    name='receiver',
                    field=models.CharField(blank=True, help_text='Host and port of the webhook address.', max_length=260, verbose_name='receiver'),
                ),
                migrations.AlterField(
                    model_name='deliveryattempt',
                    name='response_excerpt',
                    field=models.CharField(blank=True, db_column='said', help_text='The beginning of a response that is not one of success.', max_length=200, verbose_name='response'),
                ),
                migrations.AlterField(
                    model_name='event',
                    name='kind',
                    field=models.CharField(choices=[('ordered', 'Ordered'), ('started', 'Work began'), ('died', 'The worker was lost; another took over'), ('submitted', 'The vendor took the order'), ('adopted', 'The vendor had this video already; it is followed'), ('delayed', 'The vendor could not be asked; it is tried again'), ('made', 'The vendor made the film'), ('copied', 'Copied to our storage'), ('copy_failed', 'The film could not be copied; it is tried again'), ('paused', 'The worker was stopped; the video waits for its turn again'), ('finished', 'Finished'), ('failed', 'Failed'), ('told', 'The webhook was delivered'), ('not_told', 'The webhook could not be delivered'), ('cancelled', 'Cancelled'), ('retried', 'Tried again'), ('switched', 'Tried again with another provider')], max_length=20, verbose_name='what happened'),
                ),
                migrations.AlterField(
                    model_name='idempotentresponse',
                    name='request_digest',
                    field=models.CharField(db_column='asked', max_length=64, verbose_name='SHA-256 of the request'),
                ),
                migrations.AlterField(
                    model_name='idempotentresponse',
                    name='response',
                    field=models.JSONField(db_column='answer', null=True, verbose_name='response'),
                ),
                migrations.AlterField(
                    model_name='musictask',
                    name='crashed_claims',
                    field=models.PositiveSmallIntegerField(db_column='tries', default=0, help_text='Claims since the last one that ended in order, the present one included.', verbose_name='crashed claims'),
                ),
                migrations.AlterField(
                    model_name='musictask',
                    name='fencing_token',
                    field=models.PositiveIntegerField(db_column='attempt', default=0, help_text='Counts the claims: a worker with an old number can write nothing.', verbose_name='fencing token'),
                ),
                migrations.AlterField(
                    model_name='musictask',
                    name='polled_at',
                    field=models.DateTimeField(blank=True, db_column='asked_at', help_text='When its vendor was last asked.', null=True, verbose_name='polled'),
                ),
                migrations.AlterField(
                    model_name='ratelimitslot',
                    name='taken_at',
                    field=models.FloatField(help_text='Seconds since 1970.', verbose_name='acquired at'),
                ),
                migrations.AlterField(
                    model_name='track',
                    name='aligned_words',
                    field=models.JSONField(blank=True, db_column='words', help_text="The vendor's aligned words.", null=True, verbose_name='word times'),
                ),
                migrations.AlterField(
                    model_name='track',
                    name='aligned_words_requested_at',
                    field=models.DateTimeField(blank=True, db_column='words_asked_at', null=True, verbose_name='word times requested'),
                ),
                migrations.AlterField(
                    model_name='track',
                    name='audio_digest',
                    field=models.CharField(blank=True, editable=False, help_text='The key of its analysis in the cache.', max_length=32, verbose_name="audio's digest"),
                ),
                migrations.AlterField(
                    model_name='track',
                    name='use_aligned_words',
                    field=models.BooleanField(db_column='use_words', default=True, help_text='Otherwise by the lyrics as they are written here.', verbose_name='sing by the word times'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='callback_received',
                    field=models.BooleanField(db_column='hinted', default=False, help_text='The vendor may have news that it was not polled for yet.', verbose_name='callback received'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='copy_failures',
                    field=models.PositiveIntegerField(db_column='copy_tries', default=0, verbose_name='failed copies'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='crashed_claims',
                    field=models.PositiveSmallIntegerField(db_column='tries', default=0, help_text='Claims since the last one that ended in order, the present one included.', verbose_name='crashed claims'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='delay_reason',
                    field=models.CharField(blank=True, choices=[('', 'None'), ('throttled', 'The vendor takes no more orders for a moment'), ('maintenance', 'The vendor is under maintenance'), ('down', 'The vendor does not answer'), ('refused', 'The vendor refuses our account'), ('storage', 'This site cannot reach its files, or has no room for more')], db_column='trouble', max_length=20, verbose_name='delay'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='fencing_token',
                    field=models.PositiveIntegerField(db_column='attempt', default=0, help_text='Counts the claims: a worker with an old number can write nothing.', verbose_name='fencing token'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='poll_count',
                    field=models.PositiveIntegerField(db_column='polls', default=0, verbose_name='polls'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='polled_at',
                    field=models.DateTimeField(blank=True, db_column='asked_at', null=True, verbose_name='vendor polled'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='queue_position_at',
                    field=models.DateTimeField(db_column='turn_at', default=django.utils.timezone.now, help_text='The earliest comes first.', verbose_name='queue position'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='unconfirmed_submissions',
                    field=models.PositiveSmallIntegerField(db_column='posts', default=0, help_text='Orders of which nobody knows whether the vendor took them.', verbose_name='unconfirmed submissions'),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='webhook_family',
                    field=models.CharField(blank=True, choices=[('', 'None'), ('suno', 'Suno API'), ('crun', 'Crun')], db_column='callback_family', max_length=10, verbose_name="webhook's field names"),
                ),
                migrations.AlterField(
                    model_name='video',
                    name='webhook_url',
                    field=models.CharField(blank=True, db_column='callback_url', help_text='Where the client that ordered it is told its outcome.', max_length=2000, verbose_name='webhook address'),
                ),
                migrations.AddIndex(
                    model_name='video',
                    index=models.Index(fields=['status', 'provider', 'queue_position_at'], name='video_queue'),
                ),
                migrations.AlterModelTable(
                    name='idempotentresponse',
                    table='videos_answered',
                ),
                migrations.AlterModelTable(
                    name='ratelimitslot',
                    table='videos_turn',
                ),
            ]
        )
    ]
