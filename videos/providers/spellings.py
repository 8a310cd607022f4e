"""How vendors write the status of a task and the cause of an error: tables, a source to each row.

A word is compared in upper case, with "_" between its parts. Of the documents' enum text
("SUCCESS-Success") the part before the hyphen counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from videos.providers.errors import (
    AlreadyExists,
    CreditsError,
    GenerationFailed,
    NotYet,
    VendorError,
)
from videos.providers.json_fields import number, text
from videos.statuses import MusicStatus, VideoStatus

S = TypeVar("S", VideoStatus, MusicStatus)

_DOCUMENTS = "Apikley and kie.ai, Get Music Video Details: successFlag"
_MUSIC_DOCUMENTS = "Apikley and kie.ai, Get Music Task Details: status"
_CRUN = "Crun, Get Suno Task Info: status"
_NUMBERS = "kie.ai's record-info of other models, and public clients: 0 to 3, text or number"
_CLIENTS = "public clients of kie.ai, sunoapi.org and their resellers"


@dataclass(frozen=True)
class Spelling(Generic[S]):
    """One word of a vendor's, and the status that it means."""

    word: str
    status: S
    source: str
    needs_error: bool = False  # final only with an error beside it, otherwise still in the making


@dataclass(frozen=True)
class MessageCause:
    """Words in a vendor's message that tell the cause better than the code beside them."""

    pattern: re.Pattern[str]
    kind: type[VendorError]
    source: str
    codes: range = range(1, 1000)  # the codes, or HTTP statuses, with which it counts


VIDEO_SPELLINGS: tuple[Spelling[VideoStatus], ...] = (
    Spelling("PENDING", VideoStatus.PENDING, _DOCUMENTS),
    Spelling("SUCCESS", VideoStatus.SUCCESS, _DOCUMENTS),
    Spelling("CREATE_TASK_FAILED", VideoStatus.CREATE_TASK_FAILED, _DOCUMENTS),
    Spelling("GENERATE_MP4_FAILED", VideoStatus.GENERATE_MP4_FAILED, _DOCUMENTS),
    Spelling(
        "CALLBACK_EXCEPTION",
        VideoStatus.SUCCESS,
        "sunoapi.org, Get Music Video Details: its callback failed, which says nothing of the film",
    ),
    Spelling("0", VideoStatus.PENDING, _NUMBERS),
    Spelling("1", VideoStatus.SUCCESS, _NUMBERS),
    Spelling("2", VideoStatus.CREATE_TASK_FAILED, _NUMBERS, needs_error=True),
    Spelling("3", VideoStatus.GENERATE_MP4_FAILED, _NUMBERS),
    Spelling("RUNNING", VideoStatus.PENDING, _CRUN),
    Spelling("FAILED", VideoStatus.GENERATE_MP4_FAILED, _CRUN),
    Spelling("ERROR", VideoStatus.GENERATE_MP4_FAILED, "seen at Crun"),
    Spelling("SUCCEEDED", VideoStatus.SUCCESS, _CLIENTS),
    Spelling("SUCCESSFUL", VideoStatus.SUCCESS, _CLIENTS),
    Spelling("COMPLETED", VideoStatus.SUCCESS, _CLIENTS),
    Spelling("COMPLETE", VideoStatus.SUCCESS, _CLIENTS),
    Spelling("FINISHED", VideoStatus.SUCCESS, _CLIENTS),
    Spelling("DONE", VideoStatus.SUCCESS, _CLIENTS),
    Spelling("FAIL", VideoStatus.GENERATE_MP4_FAILED, "kie.ai, Get Task Details of its jobs"),
    Spelling("FAILURE", VideoStatus.GENERATE_MP4_FAILED, _CLIENTS),
    Spelling("WAITING", VideoStatus.PENDING, "kie.ai, Get Task Details of its jobs"),
    Spelling("QUEUING", VideoStatus.PENDING, "kie.ai, Get Task Details of its jobs"),
    Spelling("GENERATING", VideoStatus.PENDING, "kie.ai, Get Task Details of its jobs"),
    Spelling("QUEUED", VideoStatus.PENDING, _CLIENTS),
    Spelling("SUBMITTED", VideoStatus.PENDING, _CLIENTS),
    Spelling("PROCESSING", VideoStatus.PENDING, _CLIENTS),
    Spelling("IN_PROGRESS", VideoStatus.PENDING, _CLIENTS),
)

_MUSIC_OF_VIDEO = {
    VideoStatus.GENERATE_MP4_FAILED: MusicStatus.GENERATE_AUDIO_FAILED,
    VideoStatus.CREATE_TASK_FAILED: MusicStatus.CREATE_TASK_FAILED,
    VideoStatus.SUCCESS: MusicStatus.SUCCESS,
    VideoStatus.PENDING: MusicStatus.PENDING,
}
# The words of music tasks alone; all others mean what they mean for films
MUSIC_SPELLINGS: tuple[Spelling[MusicStatus], ...] = (
    *(Spelling(status.value, status, _MUSIC_DOCUMENTS) for status in MusicStatus),
    Spelling(
        "GENERATE_LYRICS_FAILED", MusicStatus.GENERATE_AUDIO_FAILED, "sunoapi.org, lyrics status"
    ),
    *(
        Spelling(each.word, _MUSIC_OF_VIDEO[each.status], each.source, each.needs_error)
        for each in VIDEO_SPELLINGS
        if each.word not in {*MusicStatus.values, "GENERATE_MP4_FAILED"}
    ),
)

MESSAGE_CAUSES: tuple[MessageCause, ...] = (
    MessageCause(
        re.compile(r"recordinfo is null"), NotYet, "seen at kie.ai just after an order, code 422"
    ),
    MessageCause(
        re.compile(r"already exist"),
        AlreadyExists,
        "Apikley, Create Music Video: 409; 422 at some hosts",
        range(400, 500),
    ),
    MessageCause(
        re.compile(r"\brefunded\b|credits? (?:have been|has been|were) (?:returned|given back)"),
        GenerationFailed,
        "kie.ai, Generate Music: 531 'the generation failed … Your credits have been refunded'",
    ),
    MessageCause(
        re.compile(
            r"insufficient (?:account )?(?:credit|balance)"
            r"|(?:credit|balance)s?\b.{0,30}insufficient"
            r"|not enough (?:credit|balance)|\b(?:no|out of) credits\b"
        ),
        CreditsError,
        "sunoapi.org, 429 'The current credits are insufficient'; code 500 at kie.ai",
    ),
)
# Of ``errorCode`` in a record: what is no error, and what ends a task whatever its word
NO_ERROR_CODES = {"", "0", "200"}  # 200: in the enum of Apikley's document; 0: unfilled example
FINAL_ERROR_CODES = {"531"}  # kie.ai: failed, credits given back
CREDITS_ERROR_CODES = {"402"}  # the codes of Apikley, kie.ai and Crun

_VIDEO_TABLE: Mapping[str, Spelling[VideoStatus]] = {each.word: each for each in VIDEO_SPELLINGS}
_MUSIC_TABLE: Mapping[str, Spelling[MusicStatus]] = {each.word: each for each in MUSIC_SPELLINGS}
_SEPARATORS = re.compile(r"[\s\-:./]+")
_FAILURE = re.compile(r"^(?!CALLBACK).*(FAILED|FAILURE|FAIL|ERROR)$")


def parse_video_status(
    value: object, address: str, error_code: str = "", error_message: str = ""
) -> VideoStatus:
    """Return the status that a vendor's word and what stands beside it mean.

    An address of a film makes a success of every word that is not documented as another status;
    without an address there is no success yet.
    """
    word = normalise(value, _VIDEO_TABLE)
    has_error = _has_error(error_code, error_message)
    spelling = _VIDEO_TABLE.get(word)
    status = _status_of(spelling, has_error)
    if spelling is None and _is_failure(word, has_error):
        status = VideoStatus.GENERATE_MP4_FAILED
    if error_code in FINAL_ERROR_CODES and status in {None, VideoStatus.PENDING}:
        status = VideoStatus.GENERATE_MP4_FAILED
    if address and status is None:
        return VideoStatus.SUCCESS
    if not address and status == VideoStatus.SUCCESS:
        return VideoStatus.PENDING
    return status or VideoStatus.PENDING


def parse_music_status(
    value: object, track_addresses: list[str], error_code: str = "", error_message: str = ""
) -> MusicStatus:
    """Return the status of a music task; ``track_addresses`` has one of each track, or "".

    A strange word beside tracks that can be heard is a success: the first, if not of all tracks.
    """
    word = normalise(value, _MUSIC_TABLE)
    has_error = _has_error(error_code, error_message)
    spelling = _MUSIC_TABLE.get(word)
    status = _status_of(spelling, has_error)
    if spelling is None and _is_failure(word, has_error):
        status = MusicStatus.GENERATE_AUDIO_FAILED
    if error_code in FINAL_ERROR_CODES and status in {None, MusicStatus.PENDING}:
        status = MusicStatus.GENERATE_AUDIO_FAILED
    if status is None and any(track_addresses):
        is_whole = len(track_addresses) > 1 and all(track_addresses)
        return MusicStatus.SUCCESS if is_whole else MusicStatus.FIRST_SUCCESS
    return status or MusicStatus.PENDING


def normalise(value: object, table: Mapping[str, object]) -> str:
    """Return a vendor's word as it is written in ``table``, or in that form if it is not there."""
    whole_number = number(value)
    if whole_number is not None and whole_number == int(whole_number):
        return str(int(whole_number))
    raw = text(value).strip("\"'").upper()
    word = _SEPARATORS.sub("_", raw).strip("_")
    first_part = _SEPARATORS.split(raw, maxsplit=1)[0]
    return first_part if word not in table and first_part in table else word


def cause_of(message: str, code: int) -> type[VendorError] | None:
    """Return the error that a vendor's message tells of, None where its code has to say it."""
    lowered = message.lower()
    return next(
        (
            cause.kind
            for cause in MESSAGE_CAUSES
            if code in cause.codes and cause.pattern.search(lowered)
        ),
        None,
    )


def is_about_credits(error_code: str, message: str) -> bool:
    """Return whether a record's error says that our account has too few credits."""
    return error_code in CREDITS_ERROR_CODES or cause_of(message, 500) is CreditsError


def _status_of(spelling: Spelling[S] | None, has_error: bool) -> S | None:
    """Return the status of a word of the table; None where what stands beside it decides."""
    if spelling is None or (spelling.needs_error and not has_error):
        return None
    return spelling.status


def _is_failure(word: str, has_error: bool) -> bool:
    """Return whether a word that is in no table, or no word at all, tells of a failure."""
    return bool(_FAILURE.match(word)) or (has_error and not word)


def _has_error(code: str, message: str) -> bool:
    return code not in NO_ERROR_CODES or message.lower() not in {"", "success", "ok", "null"}
