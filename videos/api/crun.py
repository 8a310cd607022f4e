"""Operations of the API with the paths of Crun."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Router

from videos import pipeline
from videos.api import envelope, lookup, orders, rate_limits
from videos.api.idempotency import idempotent
from videos.api.schemas import crun as schemas
from videos.api.schemas.fields import Id
from videos.api.security import ApiRequest
from videos.models.webhook_delivery import WebhookFamily
from videos.payloads import crun as payloads
from videos.payloads import outcome

router = Router(tags=["Crun"], by_alias=True)

TASK_ID: Any = Query(  # type: ignore[type-arg]
    ..., description="The id of a video, as CreateTask returned it, or of a music task"
)


@router.post(
    "/job/CreateTask",
    operation_id="create-task",
    summary="Suno API: Generate Music Video",
    response=schemas.TaskCreated,
)
@idempotent
def create_task(request: ApiRequest, body: schemas.CreateTask) -> HttpResponse:
    """Generate a music video featuring cover art and scrolling lyrics, based on an existing Suno
    music track.

    A repeat of a track with the same options answers code 409 with the task that exists.
    """
    order = body.input
    try:
        video = orders.place_order(
            request,
            orders.TrackIds(order.task_id, order.suno_id, "input.task_id", "input.suno_id"),
            author=order.author,
            domain_name=order.brand,
            webhook_url=body.callback_url,
            webhook_family=WebhookFamily.CRUN,
        )
    except orders.RepeatedOrder as error:
        error.data = {"task_id": outcome.task_id(error.video)}
        raise
    return envelope.success(request, {"task_id": outcome.task_id(video)})


@router.post(
    "/job/estimate-credits",
    operation_id="estimate-credits",
    summary="Estimate Credits",
    response=schemas.EstimateAnswer,
)
def estimate_credits(request: ApiRequest, body: schemas.EstimateTask) -> HttpResponse:
    """Get the price of an order without placing it: every video takes one credit until it is
    finished.
    """
    return envelope.success(request, {"credits": pipeline.PRICE, "estimated": False})


@router.post(
    "/job/EstimateTask",
    operation_id="estimate-task",
    summary="Estimate Task",
    response=schemas.AffordabilityAnswer,
)
def estimate_task(request: ApiRequest, body: schemas.EstimateTask) -> HttpResponse:
    """Get the price of an order without placing it, and whether it would be taken now."""
    balance = pipeline.videos_left(request.auth.owner)
    data = {
        "estimated_credits": pipeline.PRICE,
        "balance": balance,
        "affordable": balance >= pipeline.PRICE,
    }
    return envelope.success(request, data)


@router.get(
    "/job/TaskInfo",
    operation_id="get-task-info",
    summary="Get Suno Task Info",
    response=schemas.TaskAnswer,
)
def get_task_info(request: ApiRequest, task_id: Id = TASK_ID) -> HttpResponse:
    """Query suno task status and retrieve generation results, of a video or of a song."""
    owner = request.auth.owner
    if video := lookup.find_video(owner, task_id):
        rate_limits.limit_queries("video", video.pk.hex)
        return envelope.success(request, payloads.task_info(video))
    task = lookup.get_music_task(owner, task_id, "task_id")
    rate_limits.limit_queries("music", task.pk)
    tracks = task.tracks.order_by("-created_at", "-pk").defer("aligned_words")
    return envelope.success(request, payloads.song_info(task, list(tracks)))


@router.get(
    "/account/balance",
    operation_id="get-account-balance",
    summary="Get Account Balance",
    response=schemas.BalanceAnswer,
)
def get_account_balance(request: ApiRequest) -> HttpResponse:
    """Get the balance: the videos that may be ordered now.

    Each takes one of the account's places until it is finished.
    """
    return envelope.success(request, {"balance": pipeline.videos_left(request.auth.owner)})
