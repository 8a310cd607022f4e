/* The lyrics editor: what each part of the page does to the lines of the song. */
import { History } from "./history.js";
import { listenToKeys } from "./keys.js";
import { LineList } from "./line_list.js";
import { showLive } from "./live_line.js";
import { Saving } from "./saving.js";
import * as songLines from "./song_lines.js";
import { Tapping } from "./tapping.js";
import { Transport } from "./transport.js";
import { Wave } from "./wave.js";

const editor = document.getElementById("lyrics-editor");
const stored = document.getElementById("lyrics-lines");
if (editor && stored) startEditor(JSON.parse(stored.textContent));

// The whole song, so that a seek waits for nothing; but the page comes first
window.addEventListener("load", () => {
  const player = document.getElementById("player");
  if (player) player.preload = "auto";
});

function startEditor(items) {
  let selected = -1;
  const history = new History(songLines.fromItems(items), show);
  const change = (lines, key) => history.change(lines, key);
  const saving = new Saving(editor, {
    read: () => songLines.toItems(history.lines),
    adopt: (others) => history.reset(songLines.fromItems(others)),
  });

  function select(index) {
    if (index < 0 || index === selected) return;
    selected = index;
    draw();
    if (!transport.isPlaying) wave.reveal(history.lines[index].start);
  }

  const transport = new Transport(editor, (time) => {
    wave.follow(time, transport.isPlaying);
    showLive(history.lines, time);
    list.showPlaying(songLines.lineAt(history.lines, time));
  });
  const wave = new Wave(editor, {
    seek: (time) => transport.seek(time),
    select,
    drag: (index, time, isLast) =>
      change(songLines.retime(history.lines, index, time), isLast ? null : `drag-${index}`),
  });
  const list = new LineList({
    select,
    text: (index, value) => change(songLines.setText(history.lines, index, value), `text-${index}`),
    section: (index, value) => change(songLines.setSection(history.lines, index, value.trim()), `section-${index}`),
    row: (index, number, value) =>
      change(songLines.setRow(history.lines, index, number, value), `row-${index}-${number}`),
    split: splitAt,
    join: joinTo,
    paste: (index, texts) => {
      const [first, ...others] = texts;
      const input = history.lines[index].text;
      const named = songLines.setText(history.lines, index, input ? `${input} ${first}` : first);
      change(songLines.insertAfter(named, index, others, transport.duration));
    },
    play: (index) => transport.playFrom(history.lines[index].start),
  });
  const tapping = new Tapping(editor, transport, {
    next: (index) => {
      select(Math.min(index, history.lines.length - 1));
      list.showNextTap(index);
    },
    done: () => list.showNextTap(-1),
  });

  function draw() {
    selected = Math.min(selected, history.lines.length - 1);
    list.show(history.lines, selected);
    wave.show(history.lines, selected);
    showLive(history.lines, transport.time);
  }

  function show(_lines, isChange) {
    draw();
    editor.querySelector("[data-do=undo]").disabled = !history.canUndo;
    editor.querySelector("[data-do=redo]").disabled = !history.canRedo;
    if (isChange) saving.schedule();
  }

  function splitAt(index, place) {
    change(songLines.split(history.lines, index, place));
    select(index + 1);
    list.focus(index + 1, 0);
  }

  function joinTo(index) {
    const place = history.lines[index - 1]?.text.length ?? 0;
    change(songLines.join(history.lines, index));
    select(index - 1);
    list.focus(index - 1, place);
  }

  function nudge(milliseconds) {
    const line = history.lines[selected];
    if (!line) return;
    const delta = milliseconds / 1000;
    const isForAll = document.getElementById("shift-after").checked;
    const moved = isForAll
      ? songLines.shiftFrom(history.lines, selected, delta)
      : songLines.retime(history.lines, selected, line.start + delta);
    change(moved);
  }

  function tap() {
    if (tapping.isActive) change(tapping.tap(history.lines));
    else tapping.start(history.lines, selected);
  }

  const actions = {
    undo: () => history.undo(),
    redo: () => history.redo(),
    play: () => transport.toggle(),
    "zoom-in": () => wave.zoom(1.6),
    "zoom-out": () => wave.zoom(1 / 1.6),
    "end-line": () => change(tapping.end(history.lines)),
    "stop-tapping": () => tapping.stop(history.lines),
    "confirm-all": () => change(songLines.confirmAll(history.lines)),
    add: () => {
      const index = selected < 0 ? history.lines.length - 1 : selected;
      change(songLines.insertAfter(history.lines, index, [""], transport.duration));
      select(index + 1);
      list.focus(index + 1);
    },
    nudge: (button) => nudge(Number(button.dataset.ms)),
    "set-here": () => change(songLines.retime(history.lines, selected, transport.time)),
    confirm: () => change(songLines.confirm(history.lines, selected)),
    split: () => splitAt(selected, list.cursor(selected) || Math.ceil(history.lines[selected].text.length / 2)),
    join: () => selected > 0 && joinTo(selected),
    section: () => list.focusSection(selected),
    translate: () => list.addRow(selected),
    remove: () => change(songLines.remove(history.lines, selected)),
  };
  editor.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) actions[button.dataset.do]?.(button);
  });
  tapping.button.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // a click comes only when the finger is lifted
    tapping.button.focus({ preventScroll: true });
    tap();
  });
  listenToKeys({
    isTapping: () => tapping.isActive,
    tap,
    toggle: () => transport.toggle(),
    stop: () => tapping.isActive && tapping.stop(history.lines),
    nudge,
    move: (step) => {
      select(Math.min(history.lines.length - 1, Math.max(0, selected + step)));
      list.scrollTo(selected);
    },
    undo: () => history.undo(),
    redo: () => history.redo(),
    tapButton: tapping.button,
  });
  if (items.length && items.every(({ guessed }) => guessed)) askForGuess(history);
  select(0);
}

/** Begin with what the sound suggests, if nobody has changed anything meanwhile. */
function askForGuess(history) {
  document.getElementById("wave").addEventListener("wave", async () => {
    const response = await fetch(editor.dataset.guessUrl).catch(() => null);
    if (response?.status !== 200 || history.canUndo) return;
    const { lines } = await response.json();
    if (!history.canUndo) history.reset(songLines.fromItems(lines));
  });
}
