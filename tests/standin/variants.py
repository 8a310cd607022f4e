"""The stand-in's table of spellings: the words with which vendors tell of films and songs."""

from dataclasses import dataclass

FILM = "film"  # stands for the address of the stand-in's film


@dataclass(frozen=True)
class Variant:
    """One answer of record-info: a word, and what stands beside it."""

    word: object
    expected: str  # the status that our video gets
    url: str = ""
    code: object = None
    message: str = ""
    failure: str = ""  # of our video
    suno: bool = True  # whether hosts of Suno's family send it
    crun: bool = True


SUCCESS_WORDS = (
    *("SUCCESS", "success", "Success", "SUCCESS-Success", "success - Success", " SUCCESS "),
    *("SUCCEEDED", "succeeded", "completed", "Complete", "finished", "DONE"),
    *(1, "1", 1.0, "1.0"),
)
FAILURE_WORDS = ("FAILED", "failed", "error", "fail", "Failure", 3, "3", "GENERATE_FAILED")
PENDING_WORDS = (
    *("PENDING", "pending", "PENDING-Waiting for execution", "running", "In-Progress"),
    *("queued", "GENERATING", 0, "0", 2, "2", "ALMOST_THERE", "CALLBACK_FAILED"),
)

VARIANTS: tuple[Variant, ...] = (
    *(Variant(word, "SUCCESS", FILM) for word in SUCCESS_WORDS),
    *(Variant(word, "PENDING") for word in SUCCESS_WORDS),
    *(
        Variant(word, "GENERATE_MP4_FAILED", message="No lyrics.", code=500, failure="vendor")
        for word in FAILURE_WORDS
    ),
    *(Variant(word, "GENERATE_MP4_FAILED", failure="vendor") for word in FAILURE_WORDS),
    *(Variant(word, "PENDING") for word in PENDING_WORDS),
    Variant("GENERATE_MP4_FAILED-Failed to generate MP4", "GENERATE_MP4_FAILED", failure="vendor"),
    Variant("CREATE_TASK_FAILED-Failed to create task", "CREATE_TASK_FAILED", failure="vendor"),
    Variant("create_task_failed", "CREATE_TASK_FAILED", failure="vendor"),
    Variant(2, "CREATE_TASK_FAILED", code=500, message="Create failed.", failure="vendor"),
    Variant("2", "CREATE_TASK_FAILED", message="Create failed.", failure="vendor"),
    Variant(2, "SUCCESS", FILM),
    Variant("2", "PENDING", code=200, message="success"),  # the document's code of no error
    Variant("ALMOST_THERE", "SUCCESS", FILM),
    Variant("CALLBACK_EXCEPTION", "SUCCESS", FILM),
    Variant("Callback_Exception", "PENDING"),
    Variant(True, "SUCCESS", FILM, crun=False),
    Variant(None, "SUCCESS", FILM),
    Variant("", "SUCCESS", FILM),
    Variant(None, "PENDING", crun=False),
    Variant("PENDING", "GENERATE_MP4_FAILED", code=531, failure="vendor"),
    Variant(
        "GENERATE_MP4_FAILED",
        "GENERATE_MP4_FAILED",
        code=531,
        message="The generation failed. Your credits have been refunded.",
        failure="vendor",
    ),
    Variant(
        "CREATE_TASK_FAILED",
        "CREATE_TASK_FAILED",
        code=500,
        message="The current credits are insufficient.",
        failure="credits",
    ),
    Variant("failed", "GENERATE_MP4_FAILED", code=402, failure="credits"),
)

# Music tasks: the word, and the status of a task with two tracks that can be heard
MUSIC_VARIANTS: tuple[tuple[object, str], ...] = (
    *((word, "SUCCESS") for word in SUCCESS_WORDS),
    *((word, "GENERATE_AUDIO_FAILED") for word in ("FAILED", "error", 3, "GENERATE_LYRICS_FAILED")),
    ("SUCCESS-All tracks generated", "SUCCESS"),
    ("first_success", "FIRST_SUCCESS"),
    ("TEXT_SUCCESS-Lyrics generated", "TEXT_SUCCESS"),
    ("sensitive_word_error", "SENSITIVE_WORD_ERROR"),
    ("running", "PENDING"),
    (0, "PENDING"),
    ("ALMOST_THERE", "SUCCESS"),
)
