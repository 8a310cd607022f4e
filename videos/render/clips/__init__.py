"""Clips: films of a part of a song, which people name by its times or leave to be proposed."""

from videos.render.clips.clip import (
    CANVAS,
    CLIP_LENGTHS,
    Clip,
    ClipError,
    format_clip_time,
    parse_clip,
)

__all__ = ["CANVAS", "CLIP_LENGTHS", "Clip", "ClipError", "format_clip_time", "parse_clip"]
