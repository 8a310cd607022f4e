"""The ffmpeg binary with its own spectrum over our still, coded with our settings."""

from pathlib import Path

from benchmarks.material import Material
from videos.render.encode.mp4 import AAC, AAC_BIT_RATE
from videos.render.encode.pictures import X264, group_length
from videos.render.scene import FPS

LEFT, TOP, WIDTH, HEIGHT = 64, 496, 1152, 136
"""Where the spectrum is drawn, in pixels: where ours is."""


def command(ffmpeg: str, still: Path, material: Material, output: Path) -> list[str]:
    """Return the command that draws `showcqt` over the picture `still`."""
    place = f"s={WIDTH}x{HEIGHT}:fps={FPS}:axis=0"
    graph = (
        f"[0:v]loop=-1:1,fps={FPS},format=yuv420p[still];[1:a]showcqt={place},format=yuv420p[bars];"
        f"[still][bars]overlay={LEFT}:{TOP}:shortest=1[film]"
    )
    pictures = {"c:v": "libx264", "g": group_length(FPS), "threads": 2, **X264}
    sound = {"c:a": "aac", "b:a": AAC_BIT_RATE, **AAC}
    words = [ffmpeg, "-v", "error", "-y", "-i", str(still), "-i", str(material.song)]
    words += ["-filter_complex", graph, "-map", "[film]", "-map", "1:a", "-movflags", "+faststart"]
    for option, value in {**pictures, **sound}.items():
        words += [f"-{option}", str(value)]
    return [*words, str(output)]
