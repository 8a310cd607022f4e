"""A portal of any number of videos: one creator has half of them, and many others the rest.

Besides, there is some of everything that a portal collects. Rows are made by copying one of each
within the database, so that a million takes a minute; files they have none.
"""

from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.pages.sql import (
    as_text,
    copy_row,
    is_postgres,
    minutes_ago,
    one_of,
    scattered_text,
    scattered_uuid,
    six_digits,
)
from videos.models import (
    AccountEvent,
    ApiKey,
    Asset,
    Delivery,
    Event,
    Invitation,
    LyricsVersion,
    Mail,
    MusicTask,
    Report,
    Review,
    Track,
    User,
    Video,
    ViewCount,
)
from videos.models.webhook_delivery import DeliveryAttempt

CREATOR, OPERATOR = "creator@example.com", "operator@example.com"
SONG_SHARE = 20  # videos for each song of the creator, who has half of the videos: 10 films a song
MIN_ROWS = 200  # of each kind, so that lists have two full pages with few videos, too
TITLES = ("Lanterns", "Northern Lights", "Полночь в Токио", "Harbour", "Slow River")
TAGS = ("ambient, synth", "dream pop, 80s", "folk", "techno, dark")
FILM = "films/benchmark/1.mp4"
SENT = ("delivered", "failed", "delivered", "delivered")


def fill(videos: int) -> None:
    """Write a portal of ``videos`` videos into the empty database."""
    with transaction.atomic():
        _leave_keys_unchecked()
        creator = User.objects.create_user(CREATOR, is_active=True, author="Ada")
        User.objects.create_superuser(OPERATOR)
        people, songs = _share(videos, 10), videos // SONG_SHARE + 1
        _copy_people(creator, people)
        _copy_songs(creator, songs, videos // 2, people)
        video = _copy_videos(creator, songs, videos)
        _copy_what_belongs_to_videos(video, videos)
        _copy_what_belongs_to_people(creator, videos)


def _share(videos: int, part: int) -> int:
    """Return how many rows there are of a kind that has one for so many videos."""
    return max(MIN_ROWS, videos // part)


def _copy_people(creator: User, count: int) -> None:
    ids = f"{creator.pk + 1} + i"  # the operator comes next
    email = f"'person' || {as_text('i')} || '@example.com'"
    joined = minutes_ago("i * 7")
    copy_row(creator, count, {"id": ids, "email": email, "date_joined": joined})
    address = EmailAddress.objects.create(user=creator, email=CREATOR, verified=True, primary=True)
    copy_row(address, count, {"user": ids, "email": email})
    _count_on(User)


def _copy_songs(creator: User, own: int, others: int, people: int) -> None:
    """Copy songs: the first ``own`` of them are the creator's, the rest belongs to the others."""
    task = MusicTask.objects.create(owner=creator, status="SUCCESS")
    track = Track.objects.create(
        music_task=task, title="Benchmark", tags=TAGS[0], audio="songs/1.mp3",
        duration=61.0, size=1_000_000, lyrics="[00:01.00] One line\n[00:20.00] Another line\n",
    )  # fmt: skip
    owner = f"CASE WHEN i <= {own} THEN {creator.pk} ELSE {creator.pk + 2} + i %% {people} END"
    created = minutes_ago("i * 3")
    copy_row(
        task,
        own + others,
        {
            "id": f"{task.pk} + i",
            "owner": owner,
            "task_id": scattered_text("i"),
            "created_at": created,
            "provider": one_of("i", ("builtin", "kie", "builtin")),
        },
    )
    copy_row(
        track,
        own + others,
        {
            "id": f"{track.pk} + i",
            "music_task": f"{task.pk} + i",
            "audio_id": scattered_text("i + 3"),
            "title": f"{one_of('i', TITLES)} || ' ' || {six_digits('i')}",
            "tags": one_of("i / 5", TAGS),
            "created_at": created,
        },
    )
    version = LyricsVersion.objects.create(track=track, number=1, lyrics=track.lyrics)
    copy_row(version, own + others, {"track": f"{track.pk} + i"})
    _count_on(MusicTask, Track)


def _copy_videos(creator: User, songs: int, videos: int) -> Video:
    """Copy videos, half of them the creator's; return the first one, which is public."""
    track = Track.objects.for_user(creator).order_by("pk")[0]
    now = timezone.now()
    video = Video.objects.create(
        owner=creator, track=track, author="Ada", domain_name="ada.example", status="SUCCESS",
        film=FILM, poster="films/benchmark/1.jpg", visibility="public", fraction=1, due_at=None,
        completed_at=now, started_at=now, width=1280, height=720, duration=61.0, size=20_000_000,
        pictures_version=1, slug="benchmark-public",
        webhook_url="https://client.example/hook", webhook_family="suno",
    )  # fmt: skip
    half = videos // 2
    is_own = f"i <= {half}"
    tracks = f"CASE WHEN {is_own} THEN 1 + i %% {songs} ELSE {songs} + i - {half} END"
    owner = (
        "SELECT owner_id FROM videos_musictask task JOIN videos_track song "  # noqa: S608 - our own
        f"ON song.music_task_id = task.id WHERE song.id = {track.pk} + {tracks}"
    )
    pending, failed, trashed = "i %% 1000 = 7", "i %% 50 = 9", "i %% 100 = 11"
    made = minutes_ago("i * 2")
    copy_row(
        video,
        videos,
        {
            "id": scattered_uuid("i + 7"),
            "owner": f"CASE WHEN {is_own} THEN {creator.pk} ELSE ({owner}) END",
            "track": f"{track.pk} + {tracks}",
            "slug": scattered_text("i + 11"),
            "status": f"CASE WHEN {pending} THEN 'PENDING' WHEN {failed} "
            "THEN 'GENERATE_MP4_FAILED' ELSE 'SUCCESS' END",
            "failure": f"CASE WHEN {failed} THEN 'render' ELSE '' END",
            "film": f"CASE WHEN {pending} OR {failed} THEN '' ELSE '{FILM}' END",
            "deleted_at": f"CASE WHEN {trashed} THEN {made} ELSE NULL END",
            "visibility": one_of("i", ("public", "private", "unlisted", "private")),
            "created_at": made,
            "queued_at": made,
            "queue_position_at": made,
            "completed_at": f"CASE WHEN {pending} THEN NULL ELSE {made} END",
        },
    )
    return video


def _copy_what_belongs_to_videos(video: Video, videos: int) -> None:
    event = Event.objects.create(video=video, kind=Event.Kind.ORDERED)
    delivery = Delivery.objects.create(
        video=video, owner=video.owner, receiver="client.example:443", outcome="SUCCESS",
        state="delivered", attempt_count=1, due_at=None,
    )  # fmt: skip
    attempt = DeliveryAttempt.objects.create(delivery=delivery, status_code=204, milliseconds=20)
    review = Review.objects.create(video=video)
    report = Report.objects.create(review=review, reason="other", network="x" * 32)
    views = ViewCount.objects.create(
        video=video, day=date(2026, 1, 1), place=ViewCount.Place.PAGE, count=3
    )
    copied, half = scattered_uuid("i + 7"), videos // 2
    for _each in range(2):
        copy_row(event, videos, {"video": copied, "at": minutes_ago("i * 2")})
    ids = scattered_uuid("i + 13")
    owner = f"(SELECT owner_id FROM videos_video WHERE id = {copied})"  # noqa: S608 - our own
    delivered = {"id": ids, "video": copied, "owner": owner, "created_at": minutes_ago("i * 2")}
    copy_row(delivery, half, delivered | {"state": one_of("i", SENT)})
    copy_row(attempt, half, {"delivery": ids, "at": minutes_ago("i * 2")})
    opened = minutes_ago("i * 60")
    decision = "CASE WHEN i %% 20 = 1 THEN '' ELSE 'dismissed' END"
    copies = {"id": f"{review.pk} + i", "video": copied, "decision": decision}
    copy_row(review, _share(videos, 100), copies | {"opened_at": opened})
    copy_row(report, _share(videos, 100), {"review": f"{review.pk} + i", "created_at": opened})
    copy_row(views, half, {"video": copied})
    _count_on(Review)


def _copy_what_belongs_to_people(creator: User, videos: int) -> None:
    tenth = _share(videos, 10)
    others = f"{creator.pk + 2} + i %% {tenth}"
    mail = Mail.objects.create(
        recipient=CREATOR, sender="a@example.com", subject="Film", state="sent", due_at=None
    )
    sent = minutes_ago("i * 5")
    recipient = f"'person' || {as_text('i')} || '@example.com'"
    copy_row(mail, tenth, {"recipient": recipient, "created_at": sent})
    happened = AccountEvent.objects.create(user=creator, kind=AccountEvent.Kind.API_KEY_CREATED)
    copy_row(happened, _share(videos, 5), {"user": others, "at": sent})
    key, _secret = ApiKey.objects.issue(creator, "Benchmark")
    copy_row(key, _share(videos, 100), {"owner": others, "digest": scattered_text("i")})
    asset = Asset.objects.create(
        owner=creator, kind=Asset.Kind.PICTURE, file="assets/1.jpg", digest="0" * 32, width=1920,
        height=1080, size=300_000,
    )  # fmt: skip
    ids = {"id": scattered_uuid("i"), "digest": scattered_text("i")}
    copy_row(asset, _share(videos, 50), ids | {"owner": others, "created_at": sent})
    Invitation.objects.issue(creator, note="Benchmark")
    invitation = Invitation.objects.get()
    copy_row(invitation, _share(videos, 100), {"digest": scattered_text("i"), "created_at": sent})
    session = Session.objects.create(
        session_key="0" * 32, session_data="x" * 200, expire_date=timezone.now()
    )
    copy_row(session, _share(videos, 5), {"session_key": scattered_text("i")})
    entry = LogEntry.objects.create(
        user=User.objects.get(email=OPERATOR), content_type=ContentType.objects.get_for_model(User),
        object_id=str(creator.pk), object_repr=CREATOR, action_flag=CHANGE,
    )  # fmt: skip
    copy_row(entry, tenth, {"object_id": as_text("i"), "action_time": sent})


def _count_on(*models: type[User | MusicTask | Track | Review]) -> None:
    """Let the database go on after the keys that were written."""
    for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _leave_keys_unchecked() -> None:
    """Let PostgreSQL look up no foreign key until the transaction ends: they are right."""
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")


def update_statistics() -> None:
    """Let the database count its rows, as it does by itself from time to time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if is_postgres() else "ANALYZE")
