"""The passage of a song that a clip shows, in frames, and a scene that is cut to it."""

from dataclasses import dataclass, replace
from math import ceil

from videos.render.audio.features import Analysis
from videos.render.clips.clip import Clip
from videos.render.clips.hook import find_hook
from videos.render.lyrics import cut_lines
from videos.render.scene import Scene


@dataclass(frozen=True)
class Passage:
    """The frames from ``first`` to before ``last`` of a film of the whole song."""

    first: int
    last: int
    fps: int

    @property
    def start(self) -> float:
        """When it begins, in seconds of the song."""
        return self.first / self.fps

    @property
    def end(self) -> float:
        """When it ends, in seconds of the song."""
        return self.last / self.fps

    def samples(self, rate: int) -> range:
        """Return its samples, of a sound with ``rate`` samples a second."""
        return range(self.first * rate // self.fps, self.last * rate // self.fps)


def cut_to_clip(scene: Scene, analysis: Analysis) -> tuple[Scene, Analysis, Passage | None]:
    """Return the scene, the analysis and the passage of its clip; None for a whole song.

    The times of what is returned count from the start of the clip. Raises ClipError if the song
    ends before the clip does.
    """
    if scene.clip is None:
        return scene, analysis, None
    passage = _find_passage(scene.clip, scene, analysis)
    lines = cut_lines(scene.lyrics, passage.start, passage.end)
    part = analysis.part(passage.first, passage.last, scene.fps)
    return replace(scene, lyrics=lines), part, passage


def _find_passage(clip: Clip, scene: Scene, analysis: Analysis) -> Passage:
    clip.check_within(analysis.duration)
    fps, frames = scene.fps, analysis.frames
    if clip.start is None:
        start, end = find_hook(analysis, fps, scene.lyrics, clip.length)
    else:
        start, end = clip.start, clip.start + clip.length
    # A hook may not be longer than its name says, in whole frames
    last = min(frames, ceil(end * fps - 1e-6))
    first = min(round(start * fps), last - 1)
    return Passage(max(0, first, last - ceil(clip.length * fps)), last, fps)
