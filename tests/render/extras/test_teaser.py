"""A teaser is a few silent seconds of a film, in a small file."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from videos.render.errors import InputError, RenderError
from videos.render.extras.teaser import write_teaser


def write_film(path: Path, seconds: int, size: tuple[int, int], fps: int = 10) -> Path:
    """Write a film whose frames become lighter."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        sound = container.add_stream("aac", rate=8000, layout="mono")
        count = seconds * fps
        for number in range(count):
            pixels = np.full((size[1], size[0], 3), 20 + 200 * number // count, np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        samples = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), "fltp", "mono")
        samples.sample_rate, samples.pts = 8000, 0
        container.mux(sound.encode(samples))
        container.mux(sound.encode(None))
    return path


@pytest.mark.parametrize(
    ("size", "expected"), [((1280, 720), (640, 360)), ((90, 160), (90, 160)), ((64, 64), (64, 64))]
)
def test_it_is_silent_small_and_from_the_middle_of_the_film(
    tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    film, teaser = write_film(tmp_path / "film.mp4", 20, size), tmp_path / "teaser.mp4"
    write_teaser(film, teaser)
    with av.open(str(teaser)) as container:
        assert [stream.type for stream in container.streams] == ["video"]
        assert container.duration == 4_000_000
        picture = container.streams.video[0]
        assert (picture.codec_context.name, picture.width, picture.height) == ("h264", *expected)
        means = [frame.to_ndarray()[: frame.height].mean() for frame in container.decode(picture)]
    assert len(means) == 40
    # From 35 % of the film on, and the four seconds after that
    assert (means[-1] - means[0]) / 200 == pytest.approx(4 / 20, abs=0.05)
    assert b"moov" in teaser.read_bytes()[:200]  # a player can start at once


def test_of_sixty_frames_a_second_every_other_is_taken(tmp_path: Path) -> None:
    film, teaser = write_film(tmp_path / "film.mp4", 2, (64, 64), fps=60), tmp_path / "teaser.mp4"
    write_teaser(film, teaser)
    with av.open(str(teaser)) as container:
        assert container.streams.video[0].average_rate == 30
        assert container.duration == 2_000_000  # a short film is shown whole


def test_what_is_no_film_is_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(InputError):
        write_teaser(tmp_path / "film.mp4", tmp_path / "teaser.mp4")
    film = write_film(tmp_path / "film.mp4", 1, (64, 64))
    with pytest.raises(RenderError, match="could not be made"):
        write_teaser(film, tmp_path / "nowhere" / "teaser.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]
