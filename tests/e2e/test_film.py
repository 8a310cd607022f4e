"""A rendered film in a real browser: it plays, and a seek shows the frame of that second."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.render.samples import lines, music, scene, write_song
from videos.render.film import render
from videos.render.options import FPS

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><body style="margin: 0; background: #000">
<video src="film.mp4" muted style="display: block; width: 1280px; height: 720px"></video>"""

SEEK = """async (time) => {
    const video = document.querySelector("video");
    const sought = new Promise((resolve) => { video.onseeked = resolve; });
    video.currentTime = time;
    await sought;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}"""

PLAY = """async () => {
    const video = document.querySelector("video");
    await video.play();
    await new Promise((resolve) => { video.onended = resolve; });
    return [video.currentTime, video.error && video.error.message];
}"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    film_scene = scene(write_song(folder / "song.mp3", music(21)), lyrics=lines(10))
    (folder / "film.html").write_text(PAGE, encoding="utf-8")
    return render(film_scene, folder / "film.mp4", processes=2).path


def read_frames(film: Path) -> list[np.ndarray]:
    """Return the frames as (90, 160) float32 of luma, an eighth of the film's size."""
    with av.open(str(film)) as container:
        return [downscale(frame.to_image()) for frame in container.decode(video=0)]


def downscale(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L").resize((160, 90), Image.Resampling.BOX), np.float32)


def test_it_plays_to_its_end_and_shows_the_frame_of_each_second(
    browser: Browser, film: Path
) -> None:
    frames = read_frames(film)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(film.with_suffix(".html").as_uri())
    page.wait_for_function("document.querySelector('video').readyState >= 3")
    for second in (12, 3, 20, 1, 17, 10, 7):
        page.evaluate(SEEK, second + 0.5 / FPS)
        shown = downscale(Image.open(io.BytesIO(page.screenshot())))
        indices = range(second * FPS - 4, second * FPS + 5)
        differences = [np.abs(frames[index] - shown).mean() for index in indices]
        assert indices[int(np.argmin(differences))] == second * FPS
        assert min(differences) < 1.5
    page.evaluate(SEEK, 19)
    time, error = page.evaluate(PLAY)
    assert error is None
    assert time == pytest.approx(len(frames) / FPS, abs=0.1)
    page.close()
