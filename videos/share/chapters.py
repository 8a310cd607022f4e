"""The chapters of a film in the form that YouTube reads in a description."""

from collections.abc import Sequence

from videos.render.lyrics import Line
from videos.render.lyrics.chapters import Chapter, make_chapters

# YouTube's rules: fewer or shorter ones are no chapters at all
MIN_CHAPTERS = 3
MIN_SECONDS = 10.0


def chapter_list(lines: Sequence[Line], duration: float) -> list[str]:
    """Return a row for each chapter ("0:34 Chorus"), none where YouTube would show none.

    Sections whose time is guessed are no chapters; a short one belongs to the one before it.
    """
    timed = tuple(line for line in lines if not line.is_guessed)
    chapters: list[Chapter] = []
    for chapter in make_chapters(timed, duration):
        if chapters and chapter.end - chapter.start < MIN_SECONDS:
            chapters[-1] = chapters[-1]._replace(end=chapter.end)
        elif chapters and chapters[-1].end - chapters[-1].start < MIN_SECONDS:
            chapters[-1] = Chapter(chapters[-1].start, chapter.end, chapter.title)
        else:
            chapters.append(chapter)
    if len(chapters) < MIN_CHAPTERS:
        return []
    return [f"{_format(chapter.start)} {chapter.title}" for chapter in chapters]


def _format(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
