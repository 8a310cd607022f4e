"""Proposes the hook of a song: its chorus by the words, else what sounds most like one.

It begins on an onset before the first line and, where the lines have times, ends on a line's end.
"""

from collections.abc import Sequence

from videos.render.audio.features import Analysis
from videos.render.clips.sound_hook import SoundScores, find_onset
from videos.render.clips.words_hook import Block, find_chorus, find_repeated
from videos.render.lyrics import Line

MAX_LEAD = 1.0  # seconds before a line in which an onset may begin the clip
DEFAULT_LEAD = 0.3  # seconds, where there is none
ONSET_LEAD = 0.04  # seconds before an onset: the fade must not take its attack
# Seconds that may be cut off the last line: files often end a line where the next one begins
MAX_TRIM = 0.6
MIN_SHARE = 0.6  # of the length that a clip has at least, if the song is long enough
MIN_GAIN = 1.2  # times as long that a clip must be to begin as late as its first line
GUESSED_BONUS = 0.15  # for a chorus whose time is guessed: enough to decide between like passages


def find_hook(
    analysis: Analysis, fps: int, lines: Sequence[Line], length: float
) -> tuple[float, float]:
    """Return the start and the end, in seconds, of a part of at most ``length`` seconds.

    ``lines`` are those of the whole song. A song that is not longer is returned whole.
    """
    if analysis.duration <= length:
        return 0.0, analysis.duration
    scores = SoundScores(analysis, fps)
    timed = [line for line in lines if not line.is_guessed]
    blocks = find_chorus(timed) or find_repeated(timed)
    if blocks:
        first = _choose_block(blocks, scores, length)[0].start
    else:
        _favour(find_chorus(lines), scores)
        first = _nearest_line(scores.best_start(length), timed)
    latest = analysis.duration - length * MIN_SHARE
    if first > latest:  # too little of the song is left
        earlier = [line.start for line in timed if line.start >= analysis.duration - length]
        first = min(earlier, default=analysis.duration - length)
    onset = find_onset(analysis, fps, first - MAX_LEAD, first + ONSET_LEAD)
    start = max(0.0, first - DEFAULT_LEAD if onset is None else onset - ONSET_LEAD)
    end = _choose_end(start, length, timed, analysis.duration)
    later = max(0.0, first - ONSET_LEAD)  # the voice's own onset, if that leaves room for a line
    later_end = _choose_end(later, length, timed, analysis.duration)
    return (later, later_end) if later_end - later > MIN_GAIN * (end - start) else (start, end)


def _choose_block(blocks: Sequence[Block], scores: SoundScores, length: float) -> Block:
    """Return the block that sounds most like a hook; of equal ones the first."""

    def score(block: Block) -> float:
        start = block[0].start
        return scores.mean(start, min(block[-1].end, start + length))

    return max(blocks, key=score)


def _favour(blocks: Sequence[Block], scores: SoundScores) -> None:
    for block in blocks:
        scores.favour(block[0].start, block[-1].end, GUESSED_BONUS)


def _nearest_line(start: float, lines: Sequence[Line]) -> float:
    """Return the start of the line that begins nearest to ``start``, which is kept if none does."""
    nearest = min((line.start for line in lines), key=lambda each: abs(each - start), default=start)
    return nearest if abs(nearest - start) <= 2 * MAX_LEAD else start


def _choose_end(start: float, length: float, lines: Sequence[Line], duration: float) -> float:
    """Return the last end of a line that makes the clip long enough, else the longest clip."""
    longest = min(start + length, duration)
    ends = [
        min(line.end, longest)
        for line in lines
        if line.start < longest and start + MIN_SHARE * length <= line.end <= longest + MAX_TRIM
    ]
    return max(ends, default=longest)
