"""Requests for a video and its song, at every address that has them."""

from tests.api.caller import crun_order_of, order_of

VIDEO, MUSIC = "/api/v1/mp4/record-info", "/api/v1/generate/record-info"


GENERATE, LYRICS = "/api/v1/mp4/generate", "/api/v1/generate/get-timestamped-lyrics"


CREATE, INFO = "/api/v1/client/job/CreateTask", "/api/v1/client/job/TaskInfo"


def answers(caller, video) -> list[dict[str, object]]:
    """Send a request for ``video`` and its song to every address."""
    task, track = video.track.music_task.task_id, video.track
    return [
        caller.get(VIDEO, taskId=video.pk.hex),
        caller.get(INFO, task_id=video.pk.hex),
        caller.get(MUSIC, taskId=task),
        caller.get(INFO, task_id=task),
        caller.post(LYRICS, order_of(track)),
        caller.post(GENERATE, order_of(track)),
        caller.post(CREATE, crun_order_of(track, brand="x")),
        caller.send("DELETE", f"/api/v1/videos/{video.pk.hex}").json(),
    ]
