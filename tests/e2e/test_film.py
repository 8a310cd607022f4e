"""A film in a real browser: it plays, and seeking to a second shows the frame of that second."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.render.samples import lines, music, scene, song
from videos.render.film import render
from videos.render.scene import FPS

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
    wanted = scene(song(folder / "song.mp3", music(21)), lyrics=lines(10))
    (folder / "film.html").write_text(PAGE, encoding="utf-8")
    return render(wanted, folder / "film.mp4", processes=2).path


def frames(film: Path) -> list[np.ndarray]:
    """Return the frames of a film at an eighth of its size."""
    with av.open(str(film)) as container:
        return [small(frame.to_image()) for frame in container.decode(video=0)]


def small(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("L").resize((160, 90), Image.Resampling.BOX), np.float32)


def test_it_plays_to_its_end_and_shows_the_frame_of_each_second(
    browser: Browser, film: Path
) -> None:
    every = frames(film)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(film.with_suffix(".html").as_uri())
    page.wait_for_function("document.querySelector('video').readyState >= 3")
    for second in (12, 3, 20, 1, 17, 10, 7):
        page.evaluate(SEEK, second + 0.5 / FPS)
        shown = small(Image.open(io.BytesIO(page.screenshot())))
        near = range(second * FPS - 4, second * FPS + 5)
        away = [np.abs(every[index] - shown).mean() for index in near]
        assert near[int(np.argmin(away))] == second * FPS
        assert min(away) < 1.5
    page.evaluate(SEEK, 19)
    time, error = page.evaluate(PLAY)
    assert error is None
    assert time == pytest.approx(len(every) / FPS, abs=0.1)
    page.close()
