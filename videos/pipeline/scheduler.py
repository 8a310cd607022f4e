"""What happens every 2 seconds: each tick of Celery beat wakes workers for due rows."""

from videos.models import (
    AccountDeletion,
    AccountExport,
    Delivery,
    Mail,
    MusicTask,
    PasswordResetRequest,
    ScheduledTask,
)
from videos.pipeline import pictures
from videos.queue import (
    RENDER,
    WORK,
    due_in_queue,
    send_account_work,
    send_fetch,
    send_mails,
    send_pictures,
    send_wakeup,
    send_webhooks,
)

MAX_WAKEUPS = 4  # messages to each queue at a tick: a worker that finishes wakes the next one


def tick_by_clock() -> None:
    """Tick because beat says so, which is noted: a beat or a broker that stands still is seen."""
    ScheduledTask.objects.record_tick()
    tick()


def tick() -> None:
    """Wake workers for what is due: a worker for each row, at most ``MAX_WAKEUPS``."""
    for queue in (RENDER, WORK):
        for _ in due_in_queue(queue).values_list("pk")[:MAX_WAKEUPS]:
            send_wakeup(queue)
    for _ in MusicTask.objects.fetchable().values_list("pk")[:MAX_WAKEUPS]:
        send_fetch()
    for _ in Mail.objects.due().values_list("pk")[:MAX_WAKEUPS]:
        send_mails()
    if Delivery.objects.sendable().exists():
        send_webhooks()
    if pictures.is_any_missing():
        send_pictures()
    for jobs in (PasswordResetRequest.objects, AccountDeletion.objects, AccountExport.objects):
        for _ in jobs.due().values_list("pk")[:MAX_WAKEUPS]:
            send_account_work()
