"""Makes the same film with moviepy. A Python that has moviepy runs this file; it imports nothing of
ours. Its arguments are the still, the heights of the bars, the song, the lyrics, the font and the
output.
"""

import re
import sys
from pathlib import Path

import numpy as np
from moviepy import AudioFileClip, CompositeVideoClip, TextClip, VideoClip
from PIL import Image

FPS, PITCH, LEFT, GROUND, RISE = 30, 16, 64, 608, 112


def main(still: str, heights: str, song: str, lyrics: str, font: str, output: str) -> None:
    """Make the film."""
    ground, levels = np.asarray(Image.open(still).convert("RGB")), np.load(heights)
    sound = AudioFileClip(song)

    def frame(time: float) -> np.ndarray:
        picture = ground.copy()
        for number, level in enumerate(levels[min(len(levels) - 1, int(time * FPS))]):
            left, top = LEFT + number * PITCH, GROUND - max(4, int(level * RISE))
            picture[top:GROUND, left : left + PITCH - 7] = (255, 170, 120)
        picture[654:658, LEFT : LEFT + int(1152 * time / sound.duration)] = (255, 170, 120)
        return picture

    clips = [VideoClip(frame, duration=sound.duration)]
    stamps = re.findall(r"\[(\d+):([\d.]+)\](.*)", Path(lyrics).read_text(encoding="utf-8"))
    for minutes, seconds, words in stamps:
        text = TextClip(font=font, text=words, font_size=31, color="white", margin=(8, 8))
        text = text.with_start(60 * int(minutes) + float(seconds)).with_duration(3)
        clips.append(text.with_position((528, 300)))
    film = CompositeVideoClip(clips).with_duration(sound.duration).with_audio(sound)
    film.write_videofile(output, fps=FPS, preset="ultrafast", threads=2, logger=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
