from django.db import migrations

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
            ]
        )
    ]
