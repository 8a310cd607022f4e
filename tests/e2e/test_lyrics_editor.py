"""The lyrics editor: tapped on time, edited, saved, exported, and changed in two windows."""

import pytest

from tests.browsers.tab import Tab, wait_for_value
from tests.e2e.log_ins import log_in_tab
from tests.pairwise import at_night
from tests.stack import Stack, wait_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.parametrize(
        "tab", ["chromium", *at_night(["firefox", "webkit"])], indirect=True, scope="module"
    ),
]

SUNG_AT = [0.7, 1.7, 2.7]  # seconds of a song of four
TOLERANCE = 0.15
WORDS = "[Verse]\nThe first line\nThe second line\n\n[Chorus]\nThe third line"

WRITE = """words => {
    document.querySelector("[name=lyrics]").value = words;
    document.getElementById("lyrics-text").open = true;
}"""
LINES = "() => JSON.parse(document.getElementById('lyrics-lines').textContent)"
STARTS = (
    "() => JSON.parse(document.getElementById('lyrics-lines').textContent).map(each => each.start)"
)
WAVE_WIDTH = "() => document.getElementById('wave').clientWidth"
SCALE = 60  # pixels of the wave a second
STATE = "() => document.getElementById('editor-state')?.dataset.state"
# As somebody with a good ear would press the space bar
TAP = """async times => {
    const player = document.getElementById("player");
    const press = () => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", {key: " ", bubbles: true, cancelable: true}));
    for (const time of times) {
        const deadline = Date.now() + 20000;
        while (player.currentTime < time && Date.now() < deadline)
            await new Promise(resolve => setTimeout(resolve, 5));
        press();
    }
    return player.currentTime;
}"""
SAVE_ELSEWHERE = """async () => {
    const editor = document.getElementById("lyrics-editor");
    const lines = JSON.parse(document.getElementById("lyrics-lines").textContent);
    lines[0].text = "Of another window";
    const response = await fetch(editor.dataset.saveUrl, {
        method: "POST",
        headers: {"X-CSRFToken": /csrftoken=([^;]+)/.exec(document.cookie)[1]},
        body: new URLSearchParams({version: editor.dataset.version, lines: JSON.stringify(lines)}),
    });
    return response.status;
}"""


@pytest.fixture(scope="module")
def address(tab: Tab, stack: Stack) -> str:
    """Return the address of the editor of a song whose words have no times."""
    log_in_tab(tab, stack.url, stack)
    tab.open(f"{stack.url}/songs/")
    song = tab.run("() => document.querySelector('.track a').getAttribute('href')")
    address = f"{stack.url}{song}lyrics/"
    tab.open(address)
    tab.run(WRITE, WORDS)
    tab.click("#lyrics-text form button[type=submit]")
    wait_for(lambda: tab.run("() => Boolean(document.querySelector('.messages'))"), 20, "No words")
    assert all(line["guessed"] for line in tab.run(LINES))
    return address


def wait_for_state(tab: Tab, state: str) -> None:
    wait_for(lambda: tab.run(STATE) == state, 20, f"It is not {state}")


def test_each_line_is_tapped_on_time_and_saved_as_one_goes(tab: Tab, address: str):
    tab.open(address)
    wait_for(lambda: tab.run("() => !document.getElementById('line-tools').hidden"), 20, "No lines")
    tab.run("() => document.querySelector('input[name=rate][value=\"0.5\"]').click()")
    tab.click("#tap")  # only what a person does may start a sound
    tab.run(TAP, SUNG_AT)
    wait_for_state(tab, "saved")
    tab.press(".line:nth-child(2) .line-text", "!")
    wait_for_state(tab, "saved")
    tab.open(address)
    lines = tab.run(LINES)
    assert [line["start"] for line in lines] == pytest.approx(SUNG_AT, abs=TOLERANCE)
    assert not any(line["guessed"] for line in lines)
    assert "!" in lines[1]["text"]
    assert [line["section"] for line in lines] == ["Verse", "", "Chorus"]
    exported = tab.run("async () => (await fetch('../lyrics.lrc')).text()")
    assert exported.startswith("[00:00.")
    assert exported.count("\n") >= 3


def test_a_line_is_dragged_and_brought_back(tab: Tab, address: str):
    tab.resize(1440, 900)
    tab.open(address)
    before = tab.run(STARTS)
    wait_for(lambda: tab.run(WAVE_WIDTH) > 0, 20, "No wave")
    place = before[2] * SCALE
    tab.drag("#wave", (place, 40), (place + 0.5 * SCALE, 40))
    wait_for_state(tab, "saved")
    tab.open(address)
    dragged = tab.run(STARTS)
    assert dragged == pytest.approx([*before[:2], before[2] + 0.5], abs=0.02)
    tab.run("() => { document.getElementById('versions').open = true; }")
    tab.click(".version:nth-child(2) button")
    wait_for_value(tab, STARTS, before, 20, "The lines do not come back")


def test_two_windows_end_in_a_choice_that_loses_nothing(tab: Tab, address: str):
    tab.open(address)
    assert tab.run(SAVE_ELSEWHERE) == 200
    tab.press(".line:nth-child(3) .line-text", "?")
    wait_for(lambda: tab.run("() => document.getElementById('conflict').open"), 20, "No question")
    tab.click("[data-keep=theirs]")
    wait_for_state(tab, "saved")
    first = "() => document.querySelector('.line-text').value"
    assert tab.run(first) == "Of another window"
    tab.open(address)
    assert tab.run(LINES)[0]["text"] == "Of another window"
    versions = tab.run("() => document.getElementById('versions').textContent")
    assert "Set aside, from another window" in versions
