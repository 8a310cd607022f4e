"""Operations of the API with the paths of Apikley, kie.ai and sunoapi.org."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from videos import pipeline
from videos.api import envelope, lookup, orders, rate_limits
from videos.api.aligned_words import aligned_words
from videos.api.idempotency import idempotent
from videos.api.schemas import music as music_schemas
from videos.api.schemas import suno as schemas
from videos.api.schemas.fields import Id
from videos.api.schemas.style import style_of
from videos.api.security import ApiRequest
from videos.models.webhook_delivery import WebhookFamily
from videos.payloads import music as music_payloads
from videos.payloads import outcome
from videos.payloads import suno as payloads
from videos.render.clips import parse_clip

router = Router(tags=["Suno API"], by_alias=True)

VIDEO_ID: Any = Query(  # type: ignore[type-arg]
    ...,
    alias="taskId",
    description="Unique identifier of the music video generation task to retrieve. This is the "
    "taskId returned when creating the music video generation task.",
)
MUSIC_ID: Any = Query(  # type: ignore[type-arg]
    ...,
    alias="taskId",
    description="Unique identifier of the music generation task to retrieve. This can be either a "
    'taskId from a "Generate Music" task or an "Extend Music" task, or of `POST /api/v1/songs`.',
)


@router.post(
    "/mp4/generate",
    operation_id="create-music-video",
    summary="Create Music Video",
    response=schemas.VideoCreated,
)
@idempotent
def create_music_video(request: ApiRequest, body: schemas.CreateMusicVideo) -> HttpResponse:
    """Create a video with visualizations based on your generated music track.

    A repeat of a track with the same options answers code 409 with the task that exists.
    """
    try:
        video = orders.place_order(
            request,
            orders.TrackIds(body.task_id, body.audio_id, "taskId", "audioId"),
            author=body.author,
            domain_name=body.domain_name,
            webhook_url=body.callback_url,
            webhook_family=WebhookFamily.SUNO,
            provider=body.provider,
            style=style_of(body),
            clip=parse_clip(body.clip),
            backdrop=body.backdrop,
            logo=body.logo,
            translation=body.translation,
        )
    except orders.RepeatedOrder as error:
        error.data = {"taskId": outcome.task_id(error.video)}
        raise
    return envelope.success(request, {"taskId": outcome.task_id(video)})


@router.get(
    "/mp4/record-info",
    operation_id="get-music-video-details",
    summary="Get Music Video Details",
    response=schemas.VideoAnswer,
)
def get_music_video_details(request: ApiRequest, task_id: Id = VIDEO_ID) -> HttpResponse:
    """Retrieve detailed information about a music video generation task.

    ### Status Descriptions

    - `PENDING`: Task is waiting to be processed
    - `SUCCESS`: Video generation completed successfully
    - `CREATE_TASK_FAILED`: Failed to create the video generation task
    - `GENERATE_MP4_FAILED`: Failed during video file creation

    ### Developer Notes

    - The video URL is only available in the response when status is `SUCCESS`
    - Error codes and messages are provided for failed tasks
    - Maximum query rate: 3 requests per second per task
    """
    video = lookup.get_video(request.auth.owner, task_id)
    rate_limits.limit_queries("video", video.pk.hex)
    return envelope.success(request, payloads.record_info(video))


@router.get(
    "/generate/record-info",
    operation_id="get-music-details",
    summary="Get Music Task Details",
    response=music_schemas.MusicAnswer,
)
def get_music_details(request: ApiRequest, task_id: Id = MUSIC_ID) -> HttpResponse:
    """Retrieve detailed information about a music generation task.

    ### Status Descriptions

    - `PENDING`: Task is waiting to be processed
    - `TEXT_SUCCESS`: Lyrics/text generation completed successfully
    - `FIRST_SUCCESS`: First track generation completed
    - `SUCCESS`: All tracks generated successfully
    - `CREATE_TASK_FAILED`: Failed to create task
    - `GENERATE_AUDIO_FAILED`: Failed to generate audio
    - `CALLBACK_EXCEPTION`: Error during callback process
    - `SENSITIVE_WORD_ERROR`: Content filtered due to sensitive words

    ### Developer Notes

    - For instrumental tracks (`instrumental=true`), no lyrics data will be included
    - Maximum query rate: 3 requests per second per task
    - Response includes direct URLs to audio files, images, and streaming endpoints
    """
    task = lookup.get_music_task(request.auth.owner, task_id)
    rate_limits.limit_queries("music", task.pk)
    tracks = task.tracks.order_by("-created_at", "-pk").defer("aligned_words")
    return envelope.success(request, music_payloads.record_info(task, list(tracks)))


@router.post(
    "/generate/get-timestamped-lyrics",
    operation_id="get-timestamped-lyrics",
    summary="Get Timestamped Lyrics",
    response=music_schemas.WordsAnswer,
)
def get_timestamped_lyrics(
    request: ApiRequest, body: music_schemas.GetTimestampedLyrics
) -> HttpResponse:
    """Retrieve the lyrics of a track with the time of each word.

    Where only lines have times, their words share them by length. It costs nothing.
    """
    track = lookup.get_track(request.auth.owner, body.task_id, body.audio_id)
    data = {
        "alignedWords": aligned_words(track),
        "waveformData": [],
        "hootCer": 0.0,
        "isStreamed": False,
    }
    return envelope.success(request, data)


def credits(request: ApiRequest) -> HttpResponse:
    """Get the remaining credits: the videos that may be ordered now.

    Each takes one of the account's places until it is finished.
    """
    return envelope.success(request, pipeline.videos_left(request.auth.owner))


for path, operation_id in (
    ("/chat/credit", "get-remaining-credits"),
    ("/generate/credit", "get-generate-credit"),
):
    router.get(
        path,
        operation_id=operation_id,
        summary="Get Remaining Credits",
        response=music_schemas.CreditAnswer,
    )(credits)
