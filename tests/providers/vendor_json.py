"""Generated JSON of vendors: their names and words in any order."""

from hypothesis import settings
from hypothesis import strategies as st

from videos.statuses import MusicStatus, VideoStatus

NAMES = (
    "code",
    "msg",
    "message",
    "data",
    "taskId",
    "task_id",
    "successFlag",
    "status",
    "response",
    "videoUrl",
    "video_url",
    "result",
    "media_urls",
    "suno_data",
    "sunoData",
    "id",
    "suno_id",
    "audioUrl",
    "duration",
    "title",
    "tags",
    "createTime",
    "completeTime",
    "complete_at",
    "errorCode",
    "errorMessage",
    "alignedWords",
    "word",
    "startS",
    "endS",
    "balance",
    "callbackUrl",
    "callback_url",
)


WORDS = (*VideoStatus.values, *MusicStatus.values, "success", "failed", "error", "running", "")


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(WORDS)
    | st.sampled_from(
        ["https://a.example/f.mp4", "http://[", "javascript:1", "2026-01-01 00:00:00"]
    )
    | st.sampled_from(
        [200, 0, 400, 401, 402, 404, 405, 409, 422, 429, 430, 451, 455, 500, 505, "200"]
    )
)


values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), inner, max_size=6)
    ),
    max_leaves=20,
)


quick = settings(max_examples=150, deadline=None, derandomize=True, database=None)
