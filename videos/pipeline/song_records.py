"""Merging what a vendor tells of a song: the newest value wins, nothing known is lost."""

from videos.providers.base import MusicRecord
from videos.providers.json_fields import mapping, mappings

TRACK_LISTS = {"sunoData", "suno_data"}
TRACK_IDS = ("id", "suno_id", "audioId", "audio_id")  # as in the parsers of both families
ERROR_FIELDS = {"errorCode", "errorMessage", "error_code", "error_message"}  # of this answer alone


def merge_records(old: object, new: object) -> object:
    """Return a vendor's record ``new`` with what only ``old`` has, track by track.

    A null, an empty text, list or object replaces nothing; a track that is gone stays.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        return old if _is_empty(new) else new
    merged = {**old, **new}
    for name in old.keys() - ERROR_FIELDS:
        if name in TRACK_LISTS:
            merged[name] = _merge_tracks(mappings(old[name]), mappings(new.get(name)))
        else:
            merged[name] = merge_records(old[name], new.get(name))
    return merged


def vendor_values(record: object, audio_id: str) -> set[str]:
    """Return the texts that a vendor's record tells of the track ``audio_id``."""
    tracks = _find_tracks(record)
    values = (value for each in tracks if _track_id(each) == audio_id for value in each.values())
    return {value.strip() for value in values if isinstance(value, str)}


def keeps_outcome(old_status: str, record: MusicRecord) -> bool:
    """Return whether an answer without a track says less than the final status that is stored."""
    return old_status == "SUCCESS" and not record.tracks and not record.status.is_final


def _merge_tracks(
    old: list[dict[str, object]], new: list[dict[str, object]]
) -> list[dict[str, object]]:
    by_id = {_track_id(each): each for each in old}
    merged = [mapping(merge_records(by_id.pop(_track_id(each), {}), each)) for each in new]
    return merged + list(by_id.values())


def _find_tracks(record: object) -> list[dict[str, object]]:
    """Return the tracks of a record, wherever in it they stand."""
    tracks: list[dict[str, object]] = []
    for name, value in mapping(record).items():
        tracks += mappings(value) if name in TRACK_LISTS else _find_tracks(value)
    return tracks


def _track_id(track: dict[str, object]) -> str:
    return next((str(track[name]) for name in TRACK_IDS if track.get(name)), "")


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {})
