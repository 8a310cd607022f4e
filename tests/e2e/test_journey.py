"""A creator's whole journey: log in, upload a song, order a video, follow its status, share it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import collect_console_errors
from tests.e2e.log_ins import log_in, log_in_by_form
from tests.render.samples import music, write_song
from tests.stack import Stack, wait_for
from videos import demo

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SECONDS = 20  # of the song whose progress is seen
RENDER_TIMEOUT = 90 * 1000  # milliseconds


def upload(page: Page, title: str, audio: Path = demo.AUDIO) -> None:
    page.goto("/songs/new/")
    page.locator("input[name=audio]").set_input_files(audio)
    page.locator("input[name=cover]").set_input_files(demo.COVER)
    page.locator("input[name=lyrics_file]").set_input_files(demo.LYRICS)
    page.locator("input[name=title]").fill(title)
    page.get_by_role("main").get_by_role("button", name="Upload").click()
    page.wait_for_url("**/videos/new/?song=*")


def play(page: Page) -> None:
    """Play half a second of the film; fail if its time does not advance."""
    start = page.evaluate(
        """async () => {
            const film = document.querySelector("video");
            film.muted = true;
            await film.play();
            return film.currentTime;
        }"""
    )
    now = "document.querySelector('video').currentTime"
    wait_for(lambda: page.evaluate(now) > start + 0.5, 20, "The film does not advance")
    page.evaluate("document.querySelector('video').pause()")


def seek(page: Page, seconds: float) -> float:
    return page.evaluate(
        """async seconds => {
            const film = document.querySelector("video");
            await new Promise(done => {
                film.addEventListener("seeked", done, {once: true});
                film.currentTime = seconds;
            });
            return film.currentTime;
        }""",
        seconds,
    )


# It comes first: the newest song of the account is a short one as yet
def test_a_private_film_is_nowhere_to_be_seen(page: Page, stack: Stack, browser: Browser):
    log_in(page, stack)
    page.goto("/videos/new/")
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_selector("#video-status[data-status=SUCCESS]", timeout=RENDER_TIMEOUT)
    expect(page.locator("#share-url")).to_have_count(0)
    share = stack.url + page.get_by_role("link", name="Share page").get_attribute("href")
    stranger = browser.new_page()
    assert stranger.goto(share).status == 404
    assert stranger.goto(f"{share}video.mp4").status == 404
    page.locator("input[name=visibility][value=unlisted]").check()
    assert page.locator("#share-url").input_value() == share
    assert stranger.goto(share).status == 200
    page.locator("input[name=visibility][value=private]").check()
    expect(page.locator("#share-url")).to_have_count(0)
    assert stranger.goto(share).status == 404
    stranger.close()


def test_from_log_in_to_a_shared_film(
    page: Page, stack: Stack, browser: Browser, console_errors, tmp_path: Path
):
    log_in_by_form(page, stack)
    upload(page, "Über den Fluss 歌 🎵", write_song(tmp_path / "song.mp3", music(SECONDS)))
    expect(page.locator("input[name=song]:checked")).to_have_count(1)
    page.get_by_label("Author").fill("Linnéa 🎤")
    page.get_by_role("textbox", name="Domain name").fill("example.com")
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_url("**/videos/*-*/")

    # the page shows the progress without a reload
    page.evaluate("window.neverReloaded = true")
    percentages = record_percentages(page)
    assert len(percentages) >= 3, percentages
    assert percentages == sorted(percentages)
    expect(page.locator("#video-status video")).to_be_visible(timeout=RENDER_TIMEOUT)
    assert page.evaluate("window.neverReloaded")
    play(page)
    length = page.evaluate("document.querySelector('video').duration")
    assert seek(page, length * 0.75) == pytest.approx(length * 0.75, abs=0.2)
    play(page)

    page.locator("input[name=visibility][value=unlisted]").check()
    save = page.get_by_role("button", name="Save", exact=True)
    if save.is_visible():
        save.click()
    expect(page.locator("#share-url")).to_be_visible()
    page.reload()
    expect(page.locator("input[name=visibility]:checked")).to_have_value("unlisted")
    share = page.locator("#share-url").input_value()
    check_share_page(browser, share, console_errors)
    assert not console_errors


def record_percentages(page: Page) -> list[int]:
    """Wait for the film, and return the percentages that the page showed until then, in order."""
    page.evaluate(
        """() => {
            window.shown = [];
            const record = () => {
                const percent = document.querySelector("#video-status")?.dataset.percent;
                if (percent && window.shown.at(-1) !== +percent) window.shown.push(+percent);
                requestAnimationFrame(record);
            };
            record();
        }"""
    )
    page.wait_for_selector("#video-status[data-status=SUCCESS]", timeout=RENDER_TIMEOUT)
    return page.evaluate("window.shown")


def check_share_page(browser: Browser, share: str, console_errors: list[str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    collect_console_errors(page, console_errors)
    responses = []
    page.on("response", lambda response: responses.append((response.url, response.status)))
    page.goto(share)
    expect(page.get_by_role("heading", level=1)).to_have_text("Über den Fluss 歌 🎵")
    play(page)
    assert seek(page, SECONDS / 2) == pytest.approx(SECONDS / 2, abs=0.2)
    assert any(url.endswith("video.mp4") and status == 206 for url, status in responses)
    context.close()


def test_what_is_wrong_with_one_file_does_not_lose_the_others(page: Page, stack: Stack, tmp_path):
    log_in(page, stack)
    page.goto("/songs/new/")
    page.locator("input[name=audio]").set_input_files(demo.AUDIO)
    page.locator("input[name=title]").fill("x" * 201)
    fake = tmp_path / "cover.jpg"
    fake.write_text("no picture")
    page.locator("input[name=cover]").set_input_files(fake)
    upload_button = page.get_by_role("main").get_by_role("button", name="Upload")
    upload_button.click()
    expect(page.locator("input[name=title]:invalid")).to_be_focused()  # blocked by the browser
    page.locator("input[name=title]").fill("Kept")
    upload_button.click()
    expect(page.locator("input[name=cover][aria-invalid]")).to_be_focused()
    expect(page.get_by_text(demo.AUDIO.name)).to_be_visible()
    expect(page.get_by_text("Browsers forget")).to_have_count(0)
    page.locator("input[name=cover]").set_input_files(demo.COVER)
    upload_button.click()
    page.wait_for_url("**/videos/new/?song=*")


def test_it_works_without_javascript(browser: Browser, stack: Stack, tmp_path: Path):
    context = browser.new_context(base_url=stack.url, java_script_enabled=False)
    page = context.new_page()
    log_in_by_form(page, stack)
    upload(page, "Plain", write_song(tmp_path / "song.mp3", music(4)))
    page.get_by_role("button", name="Make the video").click()
    page.wait_for_url("**/videos/*-*/")
    expect(page.locator("video")).to_be_visible(timeout=RENDER_TIMEOUT)
    context.close()


def test_a_wrong_file_gets_a_sentence_beside_its_field(
    page: Page, stack: Stack, tmp_path: Path, console_errors
):
    log_in(page, stack)
    page.goto("/songs/new/")
    wrong = tmp_path / "playlist.mp3"
    wrong.write_text("#EXTM3U\nhttp://127.0.0.1:1/secret.mp3\n")
    page.locator("input[name=audio]").set_input_files(wrong)
    page.locator("input[name=title]").fill("What I typed")
    page.get_by_role("main").get_by_role("button", name="Upload").click()
    expect(page.get_by_text("This is a playlist (it only names songs)")).to_be_visible()
    expect(page.locator("input[name=title]")).to_have_value("What I typed")
    assert not console_errors
